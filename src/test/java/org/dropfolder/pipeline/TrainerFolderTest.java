package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.pipeline.PipelineFixture.MODELS;
import static org.dropfolder.pipeline.PipelineFixture.QUIET;
import static org.dropfolder.pipeline.PipelineFixture.listing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.dropfolder.ideogram.TrainModel;
import org.dropfolder.ideogram.TrainModelAdvanced;
import org.dropfolder.ideogram.TrainingStarted;
import org.dropfolder.ledger.Event;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people set in a folder, and the money. */
class TrainerFolderTest {
    private static final int ENOUGH = 16;
    private static final String FILE = "cats/dropfolder.yaml";

    @TempDir
    Path folder;
    private PipelineFixture on;
    private Trainer trainer;

    @BeforeEach
    void start() throws IOException {
        on = new PipelineFixture(folder);
        trainer = on.trainer(false, 5, MODELS);
        on.filled("cats", ENOUGH);
        on.clock.pass(QUIET);
    }

    @AfterEach
    void stop() {
        on.close();
    }

    @Test
    void trainsNothingWhileItIsHeldWhoeverOrdersIt() throws IOException {
        set("hold: true");
        assertThat(trainer.due("cats")).isFalse();
        assertThat(training().trouble()).hasValueSatisfying(why -> assertThat(why).startsWith("Held: dropfolder.yaml"));
        on.ledger.orders().approve(on.dataset("cats").id(), PipelineFixture.PRICE);
        assertThat(trainer.due("cats")).isFalse();

        set("hold: false");
        assertThat(trainer.due("cats")).isTrue();
        assertThat(intends()).isTrue();
    }

    @Test
    void trainsNothingWhileThereIsAMistake() throws IOException {
        set("images: 16\nstart: later");
        assertThat(trainer.due("cats")).isFalse();
        assertThat(training().trouble()).hasValueSatisfying(why -> assertThat(why).contains("line 2 says start: \"later\""));
        Files.delete(on.inbox.resolve(FILE));
        on.reader.read(FILE);
        assertThat(trainer.due("cats")).isTrue();
    }

    @Test
    void waitsForAsManyImagesAsAreWanted() throws IOException {
        set("images: 17");
        assertThat(trainer.due("cats")).isFalse();
        set("images: 15");
        assertThat(trainer.due("cats")).isTrue();
        set("images: 16");
        assertThat(trainer.intend(trainer.training(on.dataset("cats")), listing(15))).as("Ideogram lists fewer").isFalse();
        assertThat(intends()).isTrue();
    }

    @Test
    void asksForApprovalWhereTheFolderWantsThatAndNeverLessThanTheServer() throws IOException {
        set("start: approve");
        assertThat(trainer.due("cats")).isFalse();
        assertThat(training().trouble()).hasValueSatisfying(why -> assertThat(why).startsWith("Waiting for approval"));

        trainer = on.trainer(true, 5, MODELS);
        set("start: auto");
        assertThat(trainer.due("cats")).as("the server wants it").isFalse();
        on.ledger.orders().approve(on.dataset("cats").id(), PipelineFixture.PRICE);
        assertThat(trainer.due("cats")).isTrue();
    }

    @Test
    void paysNothingAgainstAWordThatCameAMomentAgo() throws IOException {
        assertThat(trainer.due("cats")).isTrue();
        Training training = training();
        on.drop(FILE, "hold: true".getBytes(StandardCharsets.UTF_8));
        assertThat(trainer.intend(training, listing(ENOUGH))).as("it was not read yet").isFalse();
        assertThat(training().state()).isEqualTo(TrainingState.WAITING);
        on.reader.due().forEach(on.reader::read);
        assertThat(trainer.intend(training, listing(ENOUGH))).as("it was read since").isFalse();

        set("start: approve");
        assertThat(trainer.intend(training, listing(ENOUGH))).isFalse();
        assertThat(training().trouble()).hasValueSatisfying(why -> assertThat(why).startsWith("Waiting for approval"));
        set("steps: 200");
        assertThat(trainer.intend(training, listing(ENOUGH))).as("another request").isFalse();
        assertThat(trainer.intendAdvanced(training, listing(ENOUGH))).isTrue();
    }

    @Test
    void asksForTheNameAndTheHyperparametersThatAreSet() throws IOException {
        set("name: Garden Cats\nsteps: 2000\nema: 0.99");
        assertThat(trainer.due("cats")).isTrue();
        assertThat(requests().isAdvanced(training())).isTrue();
        assertThat(trainer.intendAdvanced(training(), listing(ENOUGH))).isTrue();

        assertThat(requests().advanced(training())).isEqualTo(new TrainModelAdvanced(on.dataset("cats").knownId(), "Garden Cats",
            Optional.of(2000), Optional.empty(), Optional.of(0.99), Optional.empty()));
        assertThat(on.ledger.history().of(on.dataset("cats").id(), 9)).extracting(Event::what)
            .contains("training Garden Cats is wanted with 2000 steps, EMA 0.99");
    }

    @Test
    void asksForTheServersOwnAgainOnceNothingIsSet() throws IOException {
        set("name: Garden Cats\nsteps: 2000");
        trainer.due("cats");
        set("");
        assertThat(trainer.due("cats")).isTrue();
        assertThat(requests().isAdvanced(training())).isFalse();
        assertThat(intends()).isTrue();
        assertThat(requests().plain(training())).isEqualTo(new TrainModel(on.dataset("cats").knownId(), MODELS.modelName("cats", 1)));
    }

    @Test
    void sendsTheSameAgainAfterADoubtWhateverIsSetMeanwhile() throws IOException {
        set("name: Garden Cats\nsteps: 2000");
        trainer.due("cats");
        trainer.intendAdvanced(training(), listing(ENOUGH));
        TrainModelAdvanced first = requests().advanced(training());
        on.ledger.trainings().inDoubt(training(), "no answer");
        set("name: Other Cats\nsteps: 300");
        on.ledger.trainings().notFound(training(), "nothing was listed");

        assertThat(trainer.due("cats")).isTrue();
        assertThat(trainer.intendAdvanced(training(), listing(ENOUGH))).isTrue();
        assertThat(requests().advanced(training())).isEqualTo(first);
    }

    @Test
    void holdsBackWhatWasInDoubtToo() throws IOException {
        trainer.due("cats");
        intends();
        on.ledger.trainings().inDoubt(training(), "no answer");
        set("hold: true");
        on.ledger.trainings().notFound(training(), "nothing was listed");
        assertThat(trainer.due("cats")).isFalse();
    }

    @Test
    void sendsWhatIsSetNowWhereItSurelyWasNotSentBefore() throws IOException {
        set("steps: 2000");
        trainer.due("cats");
        trainer.intendAdvanced(training(), listing(ENOUGH));
        on.ledger.trainings().notStarted(training(), "400", Optional.empty());
        set("steps: 300");
        trainer.due("cats");
        assertThat(trainer.intendAdvanced(training(), listing(ENOUGH))).isTrue();
        assertThat(requests().advanced(training()).trainingSteps()).contains(300);
    }

    @Test
    void trainsANextVersionNoSoonerThanTheFolderAndTheServerWant() throws IOException {
        ModelSettings named = new ModelSettings("{dataset} v{run}", MODELS.pollDelay(), MODELS.pollTimeout());
        on.retrain = Optional.of(2);
        trainer = on.trainer(false, 5, named);
        set("name: Garden Cats\nretrain: 4");
        trainer.due("cats");
        intends();
        assertThat(training().modelName()).isEqualTo("Garden Cats v1");
        completed();
        more(2);
        assertThat(trainer.due("cats")).as("the server would").isFalse();
        set("name: Garden Cats\nretrain: 1");
        assertThat(trainer.due("cats")).as("no sooner than the server").isTrue();
        assertThat(training().modelName()).isEqualTo("Garden Cats v2");
    }

    @Test
    void paysForNoNextVersionThatWasWantedOnceAndIsNotAnyMoreUnlessAPersonSaysSo() throws IOException {
        on.retrain = Optional.of(1);
        trainer = on.trainer(false, 5, MODELS);
        trainer.due("cats");
        intends();
        completed();
        more(2);
        assertThat(trainer.due("cats")).isTrue();

        set("retrain: off");
        assertThat(intends()).as("it was found due a moment ago").isFalse();
        assertThat(trainer.due("cats")).isFalse();
        assertThat(training().trouble()).contains("Waiting for approval: as things are set now, this next version is not trained by itself. It costs "
            + "about 40 US dollars. Approve it with: train \"cats\"");
        set("retrain: 3");
        assertThat(trainer.due("cats")).as("two came").isFalse();
        set("retrain: 2");
        assertThat(trainer.due("cats")).isTrue();

        set("retrain: off");
        on.ledger.orders().approve(on.dataset("cats").id(), PipelineFixture.PRICE);
        assertThat(trainer.due("cats")).isTrue();
        assertThat(intends()).isTrue();
    }

    @Test
    void trainsNoNextVersionWhereTheFolderWantsNoneAndNoneWhereTheServerWantsNone() throws IOException {
        on.retrain = Optional.of(1);
        trainer = on.trainer(false, 5, MODELS);
        set("retrain: off");
        trainer.due("cats");
        intends();
        completed();
        more(2);
        assertThat(trainer.due("cats")).isFalse();

        on.retrain = Optional.empty();
        trainer = on.trainer(false, 5, MODELS);
        set("retrain: 1");
        assertThat(trainer.due("cats")).isFalse();
    }

    @Test
    void passesOverWhatIsSetWhereThatDoesNotCount() throws IOException {
        on.drop(FILE, "hold: true".getBytes(StandardCharsets.UTF_8));
        Spending spending = new Spending(15, QUIET, org.dropfolder.folder.Start.AUTO, 5, PipelineFixture.PRICE, Optional.empty(), false);
        trainer = new Trainer(on.ledger, on.folders, new TrainingTerms(on.ledger, spending, MODELS, Optional.empty()), on.clock);
        assertThat(trainer.due("cats")).isTrue();
        assertThat(intends()).isTrue();
    }

    private TrainingRequests requests() {
        return new TrainingRequests(on.ledger);
    }

    private Training training() {
        return on.ledger.trainings().newestOf(on.dataset("cats").id()).orElseThrow();
    }

    private boolean intends() throws IOException {
        return trainer.intend(training(), listing(ENOUGH));
    }

    private void completed() {
        Training running = trainer.started(training(), new TrainingStarted("m1", Optional.empty(), Optional.empty(), Optional.empty()));
        on.ledger.looks().showed(running, TrainingState.COMPLETED, "COMPLETED", Optional.of("model/1"), Optional.empty());
    }

    private void more(int images) throws IOException {
        for (int i = 0; i < images; i++) {
            on.image("cats/more" + i + ".jpg", "another picture " + i);
        }
        on.upload("cats");
        on.clock.pass(QUIET.plus(Duration.ofSeconds(1)));
    }

    private void set(String text) throws IOException {
        on.drop(FILE, text.getBytes(StandardCharsets.UTF_8));
        on.reader.read(FILE);
    }
}
