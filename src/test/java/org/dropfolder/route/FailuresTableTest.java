package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dropfolder.route.Effect.Stand;
import org.dropfolder.simulator.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each failure of each call leads to, over real HTTP: it is sent {@code again} at once and goes well, it waits in
 * the ledger for {@code later}, or the ledger is in {@code doubt}, and nothing is sent. Each cell has a dataset of its
 * own; a column is made one cell after the other, all columns at once.
 */
class FailuresTableTest {
    private static final String TABLE = """
                           list_  create_ get_    upload_ train_ list_  get_
                           datasets dataset dataset assets model models model
            MOVED          later  later   later   later   later  later  later
            S400           later  later   later   later   later  later  later
            S402           later  later   later   later   later  later  later
            S403           later  later   later   later   later  later  later
            S404           later  later   later   later   later  later  later
            S409           later  later   later   later   later  later  later
            S413           later  later   later   later   later  later  later
            S422           later  later   later   later   later  later  later
            BROKEN_JSON    later  doubt   later   doubt   doubt  later  later
            FIELD_MISSING  later  doubt   later   doubt   doubt  later  later
            EMPTY          later  doubt   later   doubt   doubt  later  later
            HTML           later  doubt   later   doubt   doubt  later  later
            HALF_BODY      again  doubt   again   doubt   doubt  again  again
            CLOSED_UNREAD  again  doubt   again   doubt   doubt  again  again
            ANSWER_LOST    again  doubt   again   doubt   doubt  again  again
            S408           again  doubt   again   doubt   doubt  again  again
            S500           again  doubt   again   doubt   doubt  again  again
            S502_HTML      again  doubt   again   doubt   doubt  again  again
            S503           again  doubt   again   doubt   doubt  again  again
            S504           again  doubt   again   doubt   doubt  again  again
            S429           again  again   again   again   again  again  again
            S429_SECONDS   again  again   again   again   again  again  again
            S429_DATE      again  again   again   again   again  again  again
            TIMEOUT        again  doubt   again   doubt   doubt  again  again
            """;

    /**
     * What is not sent again stands first: what is comes back a second later, and must not meet another's failure. No
     * pause is asked for that would close the gate for the other columns.
     */
    private enum Row {
        MOVED(Fault.answer(301).header("Location", "/elsewhere")),
        S400(Fault.answer(400)),
        S402(Fault.answer(402)),
        S403(Fault.answer(403)),
        S404(Fault.answer(404)),
        S409(Fault.answer(409)),
        S413(Fault.answer(413)),
        S422(Fault.answer(422)),
        BROKEN_JSON(Fault.brokenJson()),
        FIELD_MISSING(call -> Fault.without(call.required())),
        EMPTY(Fault.answer(200)),
        HTML(Fault.answer(200).header("Content-Type", "text/html").body("<html>Sign in</html>")),
        HALF_BODY(Fault.halfAnswer()),
        CLOSED_UNREAD(Fault.closeBefore()),
        ANSWER_LOST(Fault.loseAnswer()),
        S408(Fault.answer(408)),
        S500(Fault.answer(500)),
        S502_HTML(Fault.answer(502).header("Content-Type", "text/html").body("<html><h1>Bad gateway</h1></html>")),
        S503(Fault.answer(503)),
        S504(Fault.answer(504)),
        S429(Fault.answer(429)),
        S429_SECONDS(Fault.answer(429).header("Retry-After", "0")),
        S429_DATE(Fault.answer(429).header("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT")),
        TIMEOUT(call -> Fault.hold(TIMED_OUT));

        private final Function<Call, Fault> fault;

        Row(Fault fault) {
            this(call -> fault);
        }

        Row(Function<Call, Fault> fault) {
            this.fault = fault;
        }
    }

    /** One row waits for as long; the answers of the others must come within it, however busy the machine is. */
    private static final String TIMEOUT = "5s";
    /** Answers that are held until nobody waits for them any more. */
    private static final CountDownLatch TIMED_OUT = new CountDownLatch(1);

    @TempDir
    private Path folder;

    @Test
    void everyFailureOfEveryCallLeadsToOneOfThree() throws Exception {
        try (Scene way = Scene.started(folder.resolve("way"), List.of("4-describe", "4-upload", "5-train", "ideogram"),
                    "ideogram.timeout", TIMEOUT);
                Scene looks = Scene.started(folder.resolve("looks"), List.of("6-track", "ideogram"), "dropfolder.poll.delay", "1h",
                    "ideogram.timeout", TIMEOUT)) {
            Map<Call, Scene> scenes = new EnumMap<>(Call.class);
            for (Call call : Call.values()) {
                scenes.put(call, call == Call.GET_MODEL ? looks : way);
                for (Row row : Row.values()) {
                    call.prepare(scenes.get(call), name(call, row));
                }
            }
            Map<Call, List<String>> columns = columns(scenes);
            assertThat(Arrays.stream(Row.values()).map(row -> row + " " + columns.values().stream()
                    .map(column -> column.get(row.ordinal())).collect(Collectors.joining(" "))))
                    .isEqualTo(TABLE.lines().skip(2).map(line -> line.replaceAll(" +", " ")).toList());
        }
    }

    private static Map<Call, List<String>> columns(Map<Call, Scene> scenes) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Map<Call, List<String>> columns = new EnumMap<>(Call.class);
            scenes.keySet().forEach(call -> columns.put(call, new ArrayList<>()));
            List<Row> quick = Arrays.stream(Row.values()).filter(row -> row != Row.TIMEOUT).toList();
            for (List<Row> rows : List.of(quick, List.of(Row.TIMEOUT))) {
                List<Callable<Boolean>> all = scenes.keySet().stream().map(call -> (Callable<Boolean>) () ->
                        columns.get(call).addAll(column(threads, scenes.get(call), call, rows))).toList();
                for (Future<Boolean> column : threads.invokeAll(all)) {
                    column.get();
                }
            }
            return columns;
        } finally {
            TIMED_OUT.countDown();
            threads.shutdownNow();
        }
    }

    /** Each failure meets the first try of its own cell. */
    private static List<String> column(ExecutorService threads, Scene scene, Call call, List<Row> rows) throws Exception {
        int before = scene.requests(call.operation());
        List<Future<?>> made = new ArrayList<>();
        for (Row row : rows) {
            scene.simulator().faults().next(call.operation(), row.fault.apply(call));
            made.add(threads.submit(() -> {
                call.make(scene, name(call, row));
                return null;
            }));
            soon().until(() -> scene.simulator().faults().waiting(call.operation()) == 0);
        }
        for (Future<?> over : made) {
            over.get();
        }
        List<String> cells = rows.stream().map(row -> cell(scene, call, row)).toList();
        int again = (int) cells.stream().filter("again"::equals).count();
        // what is held has not ended
        int first = (int) rows.stream().filter(row -> row != Row.TIMEOUT).count();
        assertThat(scene.requests(call.operation()) - before).as("requests of %s", call).isEqualTo(first + again);
        return cells;
    }

    private static String cell(Scene scene, Call call, Row row) {
        Stand stand = call.stand(scene, name(call, row));
        boolean told = stand == Stand.DONE || call.isWrittenDown(scene, name(call, row));
        return switch (stand) {
            case DONE -> "again";
            case NOT_DONE -> "later";
            case IN_DOUBT -> "doubt";
            case UNDER_WAY -> "cut off";
        } + (told ? "" : ", which nobody wrote down");
    }

    private static String name(Call call, Row row) {
        return (call + " " + row).toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
