package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.FilledLedger;
import org.dropfolder.ledger.LedgerWork;
import org.dropfolder.ledger.Tally;
import org.dropfolder.status.StatusReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger is asked for must not grow with what it holds. Who lowers a number lowers it here, too. */
class LedgerWorkTest {
    private static final int DATASETS = 200;
    private static final int FEW = 25;
    private static final int MANY = 50;
    private static final int MORE = MANY - FEW;
    /** What so many more cost to arrive, a single thread being at work: eight statements each, and two waits for the disk. */
    private static final LedgerWork ARRIVAL = new LedgerWork(8 * MORE, 2 * MORE, 1_300 * MORE);
    /** What so many more cost in a batch: rows are written together, and files moved ten at a time. */
    private static final LedgerWork SENDING = new LedgerWork(3, 3, 1_100 * MORE);
    /** What a batch of one image costs. */
    private static final LedgerWork BATCH = new LedgerWork(28, 5, 2_400);
    private static final Sweeper.Pace PACE = new Sweeper.Pace(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(10),
        Duration.ofSeconds(30), 15, Optional.empty());

    @TempDir
    Path folder;

    private PipelineFixture on;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void anImageThatArrivesCostsTheSameHoweverManyCome() throws Exception {
        LedgerWork few = arriving("few", FEW);
        LedgerWork many = arriving("many", MANY);
        assertThatNoMoreIsAsked(many.minus(few), ARRIVAL);
    }

    @Test
    void anImageThatArrivesCostsTheSameHoweverManyAreThere() throws Exception {
        fill(DATASETS, 100);
        LedgerWork few = arriving("few", FEW);
        LedgerWork many = arriving("many", MANY);
        assertThatNoMoreIsAsked(many.minus(few), ARRIVAL);
    }

    @Test
    void anImageOfABatchCostsTheSameHoweverManyItHas() throws Exception {
        fill(DATASETS, 100);
        LedgerWork few = sending("few", FEW);
        LedgerWork many = sending("many", MANY);
        assertThatNoMoreIsAsked(many.minus(few), SENDING);
        assertThatNoMoreIsAsked(sending("one", 1), BATCH);
    }

    @Test
    void aSweepThatFindsNothingToDoCostsTheSameHoweverManyImagesThereAre() throws Exception {
        fill(DATASETS, 20);
        LedgerWork few = sweeping();
        on.loseLedger();
        fill(DATASETS, 100);
        LedgerWork many = sweeping();
        assertThat(many.commits()).isZero();
        assertThat(many.statements()).isLessThanOrEqualTo(few.statements()).isLessThanOrEqualTo(15);
        assertThat(many.steps()).as("beside " + few).isLessThan(few.steps() + 500);
    }

    @Test
    void theStatusAsksNoMoreHoweverManyImagesThereAre() throws Exception {
        fill(DATASETS, 20);
        LedgerWork few = LedgerWork.of(on.ledger, () -> new StatusReport(on.ledger, 15, false).now());
        on.loseLedger();
        fill(DATASETS, 100);
        LedgerWork many = LedgerWork.of(on.ledger, () -> new StatusReport(on.ledger, 15, false).now());
        assertThat(many.commits()).isZero();
        assertThat(many.statements()).isLessThanOrEqualTo(few.statements()).isLessThanOrEqualTo(6 + 2 * DATASETS);
    }

    /** Images of a dataset, each of them as it passes the way's beans. */
    private LedgerWork arriving(String dataset, int images) throws Exception {
        for (int i = 0; i < images; i++) {
            on.drop(dataset + "/" + i + ".jpg", PipelineFixture.jpeg(dataset + i));
        }
        return LedgerWork.of(on.ledger, () -> {
            for (int i = 0; i < images; i++) {
                Asset placed = on.accept(dataset + "/" + i + ".jpg");
                assertThat(on.intake.accepted(placed)).isTrue();
                on.intake.wakeUp(placed);
            }
        });
    }

    /** A batch of them, from the look whether one is due until all lie in done/. */
    private LedgerWork sending(String dataset, int images) throws Exception {
        arriving(dataset, images);
        on.ready(dataset);
        LedgerWork work = LedgerWork.of(on.ledger, () -> {
            assertThat(on.uploader.due(dataset)).isTrue();
            Claimed claimed = on.send(dataset);
            on.uploader.request(claimed).writeTo(OutputStream.nullOutputStream());
            on.mover.portions(on.uploader.settle(claimed, PipelineFixture.taken(images))).forEach(on.mover::placeAllOrLeave);
        });
        assertThat(on.tally(dataset)).isEqualTo(new Tally(Map.of(AssetState.UPLOADED, images)));
        return work;
    }

    /** The second sweep: the first of a process takes up more. */
    private LedgerWork sweeping() throws Exception {
        Sweeper sweeper = new Sweeper(on.ledger, on.mover, on.places, PACE, on.clock);
        List<LedgerWork.Work> steps = List.of(sweeper::endPauses, sweeper::expireClaims, sweeper::setLonelyCaptionsAside, sweeper::finishMoves,
            sweeper::datasetsForgotten, sweeper::containersDue, sweeper::batchesDue, sweeper::trainingsDue, sweeper::doubtsDue,
            sweeper::looksDue, sweeper::announcementsDue);
        LedgerWork.Work sweep = () -> {
            for (LedgerWork.Work step : steps) {
                step.run();
            }
        };
        sweep.run();
        return LedgerWork.of(on.ledger, sweep);
    }

    private void fill(int datasets, int images) throws Exception {
        FilledLedger.fill(folder.resolve("ledger.db"), datasets, images);
    }

    private static void assertThatNoMoreIsAsked(LedgerWork work, LedgerWork bound) {
        assertThat(work.statements()).as("statements of " + work).isLessThanOrEqualTo(bound.statements());
        assertThat(work.commits()).as("commits of " + work).isLessThanOrEqualTo(bound.commits());
        assertThat(work.steps()).as("steps of " + work).isLessThanOrEqualTo(bound.steps());
    }
}
