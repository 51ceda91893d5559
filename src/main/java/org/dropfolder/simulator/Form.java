package org.dropfolder.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.InvalidFileNameException;
import org.apache.commons.fileupload.MultipartStream.MalformedStreamException;

/**
 * A multipart form of some texts and at most one image, each field once. Immutable.
 *
 * @param texts by their fields
 * @param image what was found of a file in the field {@code image_file}
 */
record Form(Map<String, String> texts, Optional<Upload> image) {
    /** The one field that holds a file [ref]. */
    private static final String IMAGE = "image_file";
    /** Longer than any text of the contract, in bytes. */
    private static final int LONGEST_TEXT = 64 * 1024;

    /**
     * Everything that a request brings.
     *
     * @throws Refusal     where the body is no multipart, is broken, or has a field twice
     * @throws IOException where the client is gone
     */
    static Form read(HttpExchange exchange) throws IOException, Refusal {
        try {
            return read(UploadReader.parts(exchange));
        } catch (FileUploadException | MalformedStreamException | InvalidFileNameException broken) {
            throw Refusal.badRequest("The body is not the multipart/form-data of the contract: "
                    + broken.getMessage() + ".");
        }
    }

    private static Form read(FileItemIterator parts) throws IOException, FileUploadException, Refusal {
        Map<String, String> texts = new HashMap<>();
        Optional<Upload> image = Optional.empty();
        while (parts.hasNext()) {
            FileItemStream part = parts.next();
            try (InputStream content = part.openStream()) {
                if (part.isFormField()) {
                    if (texts.put(part.getFieldName(), text(content)) != null) {
                        throw Refusal.badRequest("The form has the field '" + part.getFieldName() + "' more than once.");
                    }
                } else if (part.getFieldName().equals(IMAGE) && image.isEmpty()) {
                    image = Optional.of(new Upload());
                    ImageCheck.read(part.getName(), content, image.get());
                } else {
                    throw Refusal.badRequest("The form may have one file, in the field '" + IMAGE + "'.");
                }
            }
        }
        return new Form(Map.copyOf(texts), image);
    }

    private static String text(InputStream content) throws IOException {
        String text = new String(content.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8);
        content.transferTo(OutputStream.nullOutputStream());
        return text;
    }

    /** @throws Refusal where it is missing or blank */
    String required(String field) throws Refusal {
        return optional(field).filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusal.badRequest("The field '" + field + "' must be a text that is not empty."));
    }

    Optional<String> optional(String field) {
        return Optional.ofNullable(texts.get(field));
    }

    /** @throws Refusal where it is there, and is no whole number within these bounds */
    long whole(String field, long least, long most, long otherwise) throws Refusal {
        Optional<String> text = optional(field);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("[0-9]{1,18}") || Long.parseLong(text.get()) < least || Long.parseLong(text.get()) > most) {
            throw Refusal.badRequest("The field '" + field + "' must be a whole number from " + least + " to " + most + ".");
        }
        return Long.parseLong(text.get());
    }
}
