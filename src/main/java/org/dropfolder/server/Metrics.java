package org.dropfolder.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.dropfolder.ideogram.Calls;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.Doubt;
import org.dropfolder.ledger.Figures.InDoubt;
import org.dropfolder.ledger.Figures.Sum;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.pipeline.Trouble;
import org.dropfolder.pipeline.Watchman;
import org.dropfolder.status.Census;

/**
 * What Prometheus reads, beside what Camel tells of itself. Each series is there from the start, so that a first event shows as a
 * rise. Each says whether the run is simulated, for nobody is to be woken by one. No label holds what a person named. Thread safe.
 *
 * <p>What the ledger knows is read from there, and so outlives a restart; until it could be read once it is no number. Requests and
 * their times count from the start.
 */
final class Metrics implements Calls, AutoCloseable {
    private static final Map<String, AssetState[]> IMAGES = Map.of(
        "waiting", new AssetState[] {AssetState.ARRIVING, AssetState.ACCEPTED, AssetState.BATCHED},
        "uploaded", new AssetState[] {AssetState.UPLOADED}, "duplicate", new AssetState[] {AssetState.DUPLICATE},
        "rejected", new AssetState[] {AssetState.REJECTED});

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Call, Map<Outcome, Timer>> calls = new EnumMap<>(Call.class);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** @param simulated whether nothing of what is told is real */
    Metrics(boolean simulated) {
        registry.config().commonTags("simulated", Boolean.toString(simulated));
        for (Call call : Call.values()) {
            Map<Outcome, Timer> outcomes = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                outcomes.put(outcome, Timer.builder("dropfolder.requests").description("Requests to Ideogram, and how long each took")
                    .tag("call", call.toString()).tag("outcome", outcome.toString()).register(registry));
            }
            calls.put(call, outcomes);
        }
        List<MeterBinder> machine = List.of(new JvmMemoryMetrics(), collections, new JvmThreadMetrics(), new ClassLoaderMetrics(),
            new ProcessorMetrics(), new UptimeMetrics(), new FileDescriptorMetrics());
        machine.forEach(binder -> binder.bindTo(registry));
    }

    /** For Camel, which adds its own and answers the scrape. */
    PrometheusMeterRegistry registry() {
        return registry;
    }

    @Override
    public void ended(Call call, Outcome outcome, Duration took) {
        calls.get(call).get(outcome).record(took);
    }

    /** What stands in the way of everything. */
    void tell(Watchman watchman) {
        for (Trouble.Of of : Trouble.Of.values()) {
            Gauge.builder("dropfolder.trouble", watchman, all -> all.troubleOf(of).isPresent() ? 1 : 0)
                .description("1 while this can't be used, and all waits for it").tag("of", word(of)).register(registry);
        }
    }

    /**
     * What the ledger knows.
     *
     * @param daily trainings in 24 hours, at most
     */
    void tell(Census census, int daily) {
        tellImages(census);
        tellBatches(census);
        tellTrainings(census, daily);
        tellNotices(census);
        tellDoubts(census);
    }

    private void tellDoubts(Census census) {
        for (Doubt.What what : Doubt.What.values()) {
            gauge(census, "dropfolder.doubts", "What may have happened, and is looked for", Tags.of("what", word(what), "decides", "server"),
                count -> doubt(count, what).map(doubt -> doubt.count() - doubt.leftToAPerson()).orElse(0L));
            gauge(census, "dropfolder.doubts", "What may have happened, and is looked for", Tags.of("what", word(what), "decides", "person"),
                count -> doubt(count, what).map(InDoubt::leftToAPerson).orElse(0L));
            age(census, "dropfolder.oldest.doubt", "Since when the oldest of these is in doubt", Tags.of("what", word(what)),
                count -> census.age(doubt(count, what).map(InDoubt::oldest)));
        }
    }

    private void tellNotices(Census census) {
        gauge(census, "dropfolder.notices.waiting", "Notices that nobody has taken yet", Tags.empty(), count -> count.notices().count());
        age(census, "dropfolder.oldest.waiting.notice", "How long the oldest of these has waited", Tags.empty(),
            count -> census.age(count.notices().oldest()));
        gauge(census, "dropfolder.notices.given.up", "Notices of the last week that are not tried any more", Tags.empty(),
            count -> count.notices().givenUp());
    }

    private void tellImages(Census census) {
        IMAGES.forEach((outcome, states) -> gauge(census, "dropfolder.images", "Images, by what became of them",
            Tags.of("outcome", outcome), count -> count.images(states)));
        age(census, "dropfolder.oldest.waiting.image", "How long the image has waited that waits longest to be uploaded", Tags.empty(),
            count -> census.age(count.oldestImage()));
    }

    private void tellBatches(Census census) {
        for (BatchState state : BatchState.values()) {
            gauge(census, "dropfolder.batches", "Batches, by state", Tags.of("state", word(state)),
                count -> count.batches().getOrDefault(state, Sum.NONE).count());
        }
        FunctionCounter.builder("dropfolder.uploaded.bytes", census,
                all -> number(all, count -> count.batches().getOrDefault(BatchState.UPLOADED, Sum.NONE).bytes()))
            .description("Bytes of the images that were uploaded").register(registry);
    }

    private void tellTrainings(Census census, int daily) {
        for (TrainingState state : TrainingState.values()) {
            gauge(census, "dropfolder.trainings", "Trainings, by state", Tags.of("state", word(state)),
                count -> count.trainings().getOrDefault(state, 0L));
        }
        gauge(census, "dropfolder.trainings.waiting.for.approval", "Those that wait for a person's yes", Tags.empty(),
            count -> count.waiting().forApproval());
        gauge(census, "dropfolder.trainings.today", "Trainings of the last 24 hours, as the daily limit counts them", Tags.empty(),
            Census.Count::startedToday);
        Gauge.builder("dropfolder.trainings.daily.limit", () -> daily).description("dropfolder.training.daily").register(registry);
        age(census, "dropfolder.oldest.waiting.training", "How long the training has waited that waits longest", Tags.empty(),
            count -> census.age(count.waiting().oldest()));
        // no counter: what was in doubt may turn out not to be spent, and a fall would count the whole sum anew
        gauge(census, "dropfolder.spent.dollars", "US dollars that were or may have been spent", Tags.empty(),
            count -> count.spent().doubleValue());
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private void gauge(Census census, String name, String description, Tags tags, ToDoubleFunction<Census.Count> number) {
        Gauge.builder(name, census, all -> number(all, number)).description(description).tags(tags)
            .strongReference(true).register(registry);
    }

    private void age(Census census, String name, String description, Tags tags, ToDoubleFunction<Census.Count> seconds) {
        TimeGauge.builder(name, census, TimeUnit.SECONDS, all -> number(all, seconds)).description(description).tags(tags)
            .strongReference(true).register(registry);
    }

    private static double number(Census census, ToDoubleFunction<Census.Count> number) {
        return census.now().map(number::applyAsDouble).orElse(Double.NaN);
    }

    private static Optional<InDoubt> doubt(Census.Count count, Doubt.What what) {
        return Optional.ofNullable(count.doubts().get(what));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
