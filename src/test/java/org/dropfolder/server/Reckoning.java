package org.dropfolder.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Sample;
import org.dropfolder.simulator.Account;

/**
 * Compares what was dropped with what lies in the folders and what the simulator has on record: the server is asked
 * nothing.
 */
final class Reckoning {
    private static final int TRAINS = 15;

    private final Drop drop;
    private final World world;
    private final Account account;

    Reckoning(Drop drop, World world, Account account) {
        this.drop = drop;
        this.world = world;
        this.account = account;
    }

    /** What must never be, whenever one looks while no server runs: something lost, sent twice or paid twice. */
    List<String> wrongs() throws IOException {
        List<String> wrongs = new ArrayList<>(lost());
        wrongs.addAll(askedTwice());
        for (String name : account.datasets().stream().map(Account.Dataset::name).collect(Collectors.toSet())) {
            List<Account.Dataset> all = account.datasetsNamed(name);
            if (all.size() > 1) {
                wrongs.add(name + " was created " + all.size() + " times");
            }
            wrongs.addAll(twice(all.get(0)));
            long paid = account.models().stream().filter(model -> model.datasetId().equals(all.get(0).id())).count();
            if (paid > 1) {
                wrongs.add(name + " was paid " + paid + " times");
            }
        }
        return wrongs;
    }

    /** What is still to come. */
    List<String> missing() throws IOException {
        List<String> missing = new ArrayList<>();
        missing.addAll(names("still in the inbox: ", world.inbox()));
        missing.addAll(names("still pending: ", world.store().resolve("pending")));
        for (String dataset : drop.datasets()) {
            Map<String, String> sent = new HashMap<>();
            account.datasetsNamed(dataset).forEach(there -> there.files()
                .forEach(file -> sent.put(file.sha256(), file.caption().orElse(""))));
            sent.replaceAll((image, caption) -> isDescription(image, caption) && drop.images(dataset).getOrDefault(image, "").isEmpty() ? "" : caption);
            if (!sent.equals(drop.images(dataset))) {
                missing.add(dataset + " has " + sent.size() + " of " + drop.images(dataset).size() + " images, or other captions");
            }
            if (drop.images(dataset).size() >= TRAINS && !told(dataset)) {
                missing.add(dataset + " has no model");
            }
        }
        return missing;
    }

    /**
     * Whether every finished model has drawn its picture, or that is known not to come; the one who knows is the ledger. For a world
     * in which pictures are wanted.
     */
    List<String> samplesMissing() {
        if (!Files.exists(world.data().resolve("ledger.db"))) {
            return List.of("there is no ledger yet");
        }
        try (Ledger ledger = Ledger.toRead("jdbc:sqlite:" + world.data().resolve("ledger.db"), Clock.systemUTC(), false)) {
            return drop.datasets().stream().filter(dataset -> drop.images(dataset).size() >= TRAINS).filter(dataset -> ledger.datasets().named(dataset)
                    .map(found -> ledger.samples().ofDataset(found.id())).orElse(List.of()).stream().noneMatch(this::hasEnded))
                .map(dataset -> dataset + " has no picture").toList();
        }
    }

    private boolean hasEnded(Sample sample) {
        return switch (sample.state()) {
            case KEPT -> Files.exists(world.store().resolve(sample.target().orElseThrow()));
            // it was asked for, and a kill, or a fault, took the answer away
            case IN_DOUBT -> true;
            default -> false;
        };
    }

    private boolean isDescription(String image, String caption) {
        return account.descriptions().stream().anyMatch(said -> said.sha256().equals(image) && said.text().equals(caption));
    }

    /** Each content is described once, and each model draws once: what that costs is small, and is paid once all the same. */
    private List<String> askedTwice() {
        Set<String> asked = new HashSet<>();
        List<String> wrongs = new ArrayList<>();
        account.descriptions().stream().map(Account.Description::sha256).filter(image -> !asked.add(image))
            .forEach(image -> wrongs.add(image.substring(0, 8) + " was described twice"));
        account.pictures().stream().map(drawn -> drawn.modelUri().orElse("")).filter(model -> !asked.add(model))
            .forEach(model -> wrongs.add(model + " drew twice"));
        return wrongs;
    }

    /** Whether the model's file tells of the one training that the account has. */
    private boolean told(String dataset) throws IOException {
        Path file = world.store().resolve("models/" + dataset + ".json");
        String text = Files.exists(file) ? Files.readString(file) : "";
        return account.models().stream().filter(model -> model.name().equals(dataset)).anyMatch(model -> text.contains(model.id()))
            && text.contains("COMPLETED");
    }

    /** Each file that was dropped lies somewhere, and none lies there more often than it was dropped. */
    private List<String> lost() throws IOException {
        Map<String, Integer> found = new HashMap<>();
        for (Path file : rest()) {
            found.merge(World.hash(Files.readAllBytes(file)), 1, Integer::sum);
        }
        List<String> wrongs = new ArrayList<>();
        Set<String> all = new HashSet<>(found.keySet());
        all.addAll(drop.files().keySet());
        for (String hash : all) {
            int dropped = drop.files().getOrDefault(hash, 0);
            int there = found.getOrDefault(hash, 0);
            if (dropped != there) {
                wrongs.add(hash.substring(0, 8) + " was dropped " + dropped + " times and is there " + there + " times");
            }
        }
        return wrongs;
    }

    private List<Path> rest() throws IOException {
        List<Path> files = new ArrayList<>(World.files(world.inbox()));
        for (String folder : List.of("pending", "done", "rejected")) {
            files.addAll(World.files(world.store().resolve(folder)));
        }
        files.removeIf(file -> !World.isDropped(file));
        files.removeIf(file -> file.getFileName().toString().matches(".*\\.reason\\.txt|\\..*\\.part|\\.dropfolder-trial\\.tmp"));
        return files;
    }

    private static List<String> twice(Account.Dataset dataset) {
        List<String> wrongs = new ArrayList<>();
        Set<String> contents = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Account.File file : dataset.files()) {
            if (!contents.add(file.sha256())) {
                wrongs.add(dataset.name() + " was sent " + file.name() + " twice");
            }
            if (!names.add(file.name().replaceFirst("\\.[^.]*$", ""))) {
                wrongs.add(dataset.name() + " has two files for the stem of " + file.name());
            }
        }
        return wrongs;
    }

    private static List<String> names(String what, Path below) throws IOException {
        try {
            return World.files(below).stream().filter(World::isDropped).map(file -> what + below.relativize(file)).toList();
        } catch (NoSuchFileException vanished) {
            return List.of(what + "something just now");
        }
    }
}
