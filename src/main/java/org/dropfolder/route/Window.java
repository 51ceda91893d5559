package org.dropfolder.route;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.dropfolder.image.ImageFormat;
import org.dropfolder.pipeline.BusyException;
import org.dropfolder.pipeline.Gallery;
import org.dropfolder.pipeline.Sheets;
import org.dropfolder.status.PageReport;
import org.dropfolder.status.Whereabouts;

/**
 * Where people look in over HTTP: the page, what it shows, and the pictures. Nothing here changes anything. A browser is told to
 * run, load and send nothing but what comes from here. Thread safe.
 */
public final class Window {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    private static final String CACHE = "Cache-Control";
    private static final String FOR_EVER = "private, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";
    private static final String NOT_KEPT = "no-store";
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final PageFiles leaves = new PageFiles();
    private final PageReport report;
    private final Gallery gallery;
    private final Sheets sheets;
    private final BiFunction<String, String, List<Whereabouts>> files;

    /** @param files finds the files that may be meant by what was typed, and the folder in which it was */
    public Window(PageReport report, Gallery gallery, Sheets sheets, BiFunction<String, String, List<Whereabouts>> files) {
        this.report = report;
        this.gallery = gallery;
        this.sheets = sheets;
        this.files = files;
    }

    /**
     * What is asked for.
     *
     * @param known the versions that whoever asks has already
     */
    public record Question(Address address, String known) {
        boolean knows(String version) {
            return known.contains(quoted(version));
        }

        private static String quoted(String version) {
            return '"' + version + '"';
        }
    }

    /** What the request asks for. */
    public Question asked(Exchange exchange) {
        Message request = exchange.getMessage();
        return new Question(Address.of(request), request.getHeader("If-None-Match", "", String.class));
    }

    /** Answers with the page, or a file that it is made of. */
    public void file(Exchange exchange) {
        Question question = question(exchange);
        String name = question.address().part(1);
        Optional<PageFiles.Leaf> leaf = leaves.of(question.address().part(0).isEmpty() ? PageFiles.INDEX : name);
        if (leaf.isEmpty()) {
            plain(exchange, NOT_FOUND, "There is no such file.");
            return;
        }
        send(exchange, question, leaf.get(), ASK_AGAIN);
    }

    /** Answers with some of all datasets: of those whose names hold {@code search}, changed before the revision {@code before}. */
    public void overview(Exchange exchange) {
        Address address = question(exchange).address();
        say(exchange, report.overview(address.parameter("search").orElse(""),
            address.parameter("before").flatMap(Window::number)));
    }

    /** Answers with a dataset as it is among others. */
    public void card(Exchange exchange) {
        sayIfThere(exchange, report.card(question(exchange).address().part(2)));
    }

    /** Answers with the files that may be meant by {@code path}, typed in the folder {@code from}: where each is, and what it waits for. */
    public void files(Exchange exchange) {
        Address address = question(exchange).address();
        say(exchange, files.apply(address.parameter("path").orElse(""), address.parameter("from").orElse("/")));
    }

    /** Answers with a dataset by itself. */
    public void dataset(Exchange exchange) {
        sayIfThere(exchange, report.of(question(exchange).address().part(2)));
    }

    /**
     * Answers with the small picture of an image, or of none where nothing can be seen of it.
     *
     * @throws IOException if the image can't be read now
     */
    public void picture(Exchange exchange) throws IOException {
        show(exchange, gallery::of);
    }

    /**
     * Answers with what a dataset's model drew.
     *
     * @throws IOException if it can't be read now
     */
    public void sample(Exchange exchange) throws IOException {
        show(exchange, gallery::sample);
    }

    /** Finds a picture of a dataset by its number. */
    private interface Pictures {
        Optional<Gallery.Exhibit> of(String dataset, long number) throws BusyException, IOException;
    }

    private void show(Exchange exchange, Pictures pictures) throws IOException {
        Question question = question(exchange);
        Address address = question.address();
        try {
            Optional<Gallery.Exhibit> exhibit = pictures.of(address.part(2), number(address.part(4)).orElse(0L));
            if (exhibit.isEmpty()) {
                plain(exchange, NOT_FOUND, "There is no such image.");
                return;
            }
            String version = exhibit.get().version();
            boolean named = address.parameter("v").filter(version::equals).isPresent();
            PageFiles.Leaf leaf = exhibit.get().picture()
                .map(picture -> new PageFiles.Leaf(type(picture.format()), version, picture.bytes()))
                .orElseGet(() -> leaves.of("nothing.svg").orElseThrow());
            send(exchange, question, leaf, named ? FOR_EVER : ASK_AGAIN);
        } catch (BusyException e) {
            busy(exchange, e);
        }
    }

    /**
     * Answers with all of a dataset's pictures on one sheet.
     *
     * @throws IOException if one of them can't be read now
     */
    public void sheet(Exchange exchange) throws IOException {
        Question question = question(exchange);
        try {
            sheets.of(question.address().part(2)).ifPresentOrElse(
                sheet -> send(exchange, question, new PageFiles.Leaf(type(ImageFormat.JPEG), sheet.version(), sheet.jpeg()), ASK_AGAIN),
                () -> plain(exchange, NOT_FOUND, "There are no pictures."));
        } catch (BusyException e) {
            busy(exchange, e);
        }
    }

    private static void busy(Exchange exchange, BusyException e) {
        exchange.getMessage().setHeader("Retry-After", 1);
        plain(exchange, UNAVAILABLE, e.getMessage());
    }

    private static Question question(Exchange exchange) {
        return exchange.getMessage().getBody(Question.class);
    }

    private static String type(ImageFormat format) {
        return format == ImageFormat.PNG ? "image/png" : "image/jpeg";
    }

    private static Optional<Long> number(String digits) {
        return digits.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(digits)) : Optional.empty();
    }

    private static void sayIfThere(Exchange exchange, Optional<?> found) {
        found.ifPresentOrElse(body -> say(exchange, body), () -> {
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, NOT_FOUND);
            say(exchange, new Said(false, "Nothing was ever dropped for a dataset of this name."));
        });
    }

    private static void say(Exchange exchange, Object body) {
        guard(exchange.getMessage(), NOT_KEPT);
        exchange.getMessage().setBody(body);
    }

    private static void plain(Exchange exchange, int status, String words) {
        Message answer = exchange.getMessage();
        guard(answer, NOT_KEPT);
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        answer.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
        answer.setBody(words);
    }

    private static void send(Exchange exchange, Question question, PageFiles.Leaf leaf, String keep) {
        Message answer = exchange.getMessage();
        guard(answer, keep);
        answer.setHeader("ETag", Question.quoted(leaf.version()));
        answer.setHeader(Exchange.CONTENT_TYPE, leaf.type());
        boolean known = question.knows(leaf.version());
        if (known) {
            answer.setHeader(Exchange.HTTP_RESPONSE_CODE, NOT_MODIFIED);
        }
        answer.setBody(known ? "" : leaf.bytes());
    }

    private static void guard(Message answer, String keep) {
        answer.setHeader("Content-Security-Policy", POLICY);
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("Referrer-Policy", "no-referrer");
        answer.setHeader(CACHE, keep);
    }
}
