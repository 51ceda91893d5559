package org.dropfolder.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Notice;

/** What a notice says to people, in one line that is safe to print. */
final class Headlines {
    private static final int FILES = 3;
    private static final int LONGEST = 600;

    private Headlines() { }

    /** @param dataset its name; empty for none */
    static String of(String type, String dataset, JsonNode data) {
        String line = switch (type) {
            case "training.waiting_for_approval" -> "a training waits for approval, for about " + text(data, "price")
                + " US dollars. Approve it with: train \"" + dataset + "\"";
            case "training.started" -> "training '" + text(data, "model_name") + "' started, model " + text(data, "model_id");
            case "training.completed" -> "the model is ready: " + text(data, "custom_model_uri");
            case "training.failed" -> "the training ended without a model: " + text(data, "state");
            case "training.in_doubt" -> doubt("The training may have been started", data);
            case "upload.in_doubt" -> doubt("Images may have been uploaded", data);
            case "dataset.in_doubt" -> doubt("The dataset may have been created", data);
            case "files.set_aside" -> aside(data);
            case Notice.KEY_REFUSED, Notice.KEY_ACCEPTED -> text(data, "why");
            default -> type;
        };
        return FileNames.printable(dataset.isEmpty() ? line : dataset + ": " + line, LONGEST);
    }

    private static String doubt(String what, JsonNode data) {
        String why = text(data, "why");
        return what + ", and nobody knows" + (why.isEmpty() ? ". " : ": " + why + " ")
            + (data.path("left_to_a_person").asBoolean() ? "A person decides." : "It is looked for.");
    }

    private static String aside(JsonNode data) {
        int count = data.path("count").asInt();
        List<String> named = StreamSupport.stream(data.path("files").spliterator(), false).limit(FILES)
            .map(file -> text(file, "file")).toList();
        String more = count > named.size() ? " and " + (count - named.size()) + " more" : "";
        return (count == 1 ? "1 file was" : count + " files were") + " set aside: "
            + named.stream().collect(Collectors.joining(", ")) + more;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
