package org.dropfolder.contract;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropfolder.simulator.Interaction;

/**
 * Holds requests and answers against {@code ideogram.openapi.yaml}. The library looks at method, path, query, headers,
 * status and JSON; what it does not look at is added here and in {@link Forms}. Thread safe.
 */
final class Contract {
    /** Who asks for what is not there is told so by an answer that the document can't know. */
    private static final Set<String> NO_OPERATION = Set.of("validation.request.path.missing",
            "validation.request.operation.notAllowed");

    private final OpenApiInteractionValidator validator;
    private final Forms forms;

    private Contract(OpenAPI document) {
        LevelResolver strict = LevelResolver.create()
                .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
                .build();
        this.validator = OpenApiInteractionValidator.createFor(document).withLevelResolver(strict)
                .withStrictOperationPathMatching().build();
        this.forms = new Forms(document);
    }

    /** Reading it takes a second or so. */
    static Contract ofIdeogram() {
        try (InputStream document = Contract.class.getResourceAsStream("/ideogram.openapi.yaml")) {
            String text = new String(document.readAllBytes(), StandardCharsets.UTF_8);
            ParseOptions references = new ParseOptions();
            references.setResolve(true);
            references.setResolveFully(true);
            return new Contract(new OpenAPIV3Parser().readContents(text, List.of(), references).getOpenAPI());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What in a request is against the contract, each in a sentence. A body that did not come whole is not looked at. */
    List<String> request(Interaction interaction) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(interaction.method(), interaction.uri().getPath());
        interaction.headers().forEach(request::withHeader);
        query(interaction).forEach(pair -> request.withQueryParam(pair[0], pair.length == 2 ? pair[1] : ""));
        if (interaction.body().length > 0) {
            request.withBody(interaction.body());
        }
        boolean whole = isWhole(interaction);
        List<String> broken = validator.validateRequest(request.build()).getMessages().stream()
                .filter(message -> whole || !message.getKey().startsWith("validation.request.body"))
                .flatMap(Contract::sentence)
                .collect(Collectors.toCollection(ArrayList::new));
        if (whole) {
            broken.addAll(untyped(interaction.body(), interaction.header("Content-Type")));
            broken.addAll(forms.check(interaction));
        }
        return broken;
    }

    /** The same of an answer; of one that a fault made or changed, nothing. */
    List<String> answer(Interaction interaction) {
        Optional<Interaction.Answer> given = interaction.answer().filter(answer -> !answer.byFault());
        if (given.isEmpty()) {
            return List.of();
        }
        Interaction.Answer answer = given.get();
        SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.status());
        answer.headers().forEach(response::withHeader);
        if (answer.body().length > 0) {
            response.withBody(answer.body());
        }
        ValidationReport report = validator.validateResponse(interaction.uri().getPath(),
                Request.Method.valueOf(interaction.method()), response.build());
        if (report.getMessages().stream().anyMatch(message -> NO_OPERATION.contains(message.getKey()))) {
            return List.of();
        }
        return Stream.concat(report.getMessages().stream().flatMap(Contract::sentence),
                untyped(answer.body(), Optional.ofNullable(answer.headers().get("Content-Type"))).stream()).toList();
    }

    static Stream<String> sentence(ValidationReport.Message message) {
        String parameter = message.getContext().flatMap(ValidationReport.MessageContext::getParameter)
                .map(known -> "[" + known.getName() + "] ").orElse("");
        return message.getLevel() == ValidationReport.Level.ERROR
                ? Stream.of(parameter + message.getMessage()) : Stream.empty();
    }

    /** The library looks at no body whose type nobody told. */
    private static List<String> untyped(byte[] body, Optional<String> type) {
        return body.length > 0 && type.isEmpty() ? List.of("There is a body, and no Content-Type.") : List.of();
    }

    /** Clients of tests that break off, and faults, leave bodies unread. */
    private static boolean isWhole(Interaction interaction) {
        return interaction.header("Content-Length")
                .map(length -> length.equals(Integer.toString(interaction.body().length)))
                .orElse(interaction.answer().isPresent() || interaction.method().equals("GET"));
    }

    private static Stream<String[]> query(Interaction interaction) {
        return Optional.ofNullable(interaction.uri().getRawQuery()).stream()
                .flatMap(query -> Stream.of(query.split("&")))
                .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8).split("=", 2));
    }
}
