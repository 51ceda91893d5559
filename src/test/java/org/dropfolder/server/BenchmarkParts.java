package org.dropfolder.server;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What the profile of a run names, measured alone by JMH, beside what it could cost at the least: {@code mvn -Pbench -Dbench.parts verify}.
 * It ends within a few minutes.
 */
class BenchmarkParts {
    private static final List<Part> PARTS = List.of(
        new Part("a JPEG of 20 MB probed and hashed, beside SHA-256", BenchmarkRead.class, "", "JPEG"),
        new Part("the same of a PNG, its pixels unpacked", BenchmarkRead.class, "", "PNG"),
        new Part("the same of a WebP", BenchmarkRead.class, "", "WebP"),
        new Part("a zip of 100 MB written to nobody, beside java.util.zip", BenchmarkZip.class, "", ""),
        new Part("an image's arrival in the ledger, beside bare SQLite", BenchmarkLedger.class, "arrival", ""),
        new Part("a batch of 50 claimed and settled, beside bare SQLite", BenchmarkLedger.class, "batch", ""));

    /**
     * @param method how the names of its two methods begin
     * @param format what it is done with, where it can be one of several
     */
    private record Part(String what, Class<?> in, String method, String format) {
        double nanos(Collection<RunResult> results, String whose) {
            String name = in.getName() + "." + (method.isEmpty() ? whose.toLowerCase() : method + whose);
            return results.stream().filter(result -> result.getParams().getBenchmark().equals(name)
                && (format.isEmpty() || result.getParams().getParam("format").equals(format)))
                .findFirst().orElseThrow().getPrimaryResult().getScore();
        }
    }

    @Test
    void parts() throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder().include("org.dropfolder.server.Benchmark(Read|Zip|Ledger)[.]")
            .verbosity(VerboseMode.SILENT).shouldFailOnError(true).build()).run();
        BenchmarkTable table = new BenchmarkTable();
        for (Part part : PARTS) {
            double ours = part.nanos(results, "Ours");
            double beside = part.nanos(results, "Beside");
            table.row(part.what, "%.2f ms beside %.2f ms: %.2f".formatted(ours / 1e6, beside / 1e6, ours / beside), "–");
        }
        table.print();
    }
}
