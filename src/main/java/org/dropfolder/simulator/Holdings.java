package org.dropfolder.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The datasets and models of the account, and the rules of the contract for them. Thread safe.
 *
 * <p>Where the account is kept in a file, a change is on the disk before anybody sees it.
 *
 * <p>What lists things takes a moment, and shows only what was there by then.
 */
final class Holdings implements Closeable {
    /** A dataset holds this many images at most, and training needs so many at least [ref]. */
    private static final int MOST_IMAGES = 100;
    private static final int FEWEST_IMAGES = 15;

    private final Clock clock;
    private final Map<String, Holding> datasets = new LinkedHashMap<>();
    private final Map<String, Change.Trained> trainings = new LinkedHashMap<>();
    private final List<Account.Description> descriptions = new ArrayList<>();
    private final List<Account.Picture> pictures = new ArrayList<>();
    private final Optional<Memory> memory;

    /**
     * @param file that the account is kept in; without it the account is empty, and forgotten at the end
     * @throws IOException where the account can't be read from the file
     */
    Holdings(Clock clock, Optional<Path> file) throws IOException {
        this.clock = clock;
        this.memory = file.isPresent() ? Optional.of(Memory.open(file.get(), this::apply)) : Optional.empty();
    }

    /** What became of an upload, image by image. */
    record Outcome(List<Account.File> stored, List<Upload.Failure> failures) { }

    /** @throws Refusal where it can't be kept */
    synchronized Account.Dataset create(String name) throws Refusal {
        Account.Dataset dataset = new Account.Dataset(Ids.next(), name, clock.instant(), List.of());
        keep(new Change.Created(dataset));
        Simulator.LOG.debug("Dataset '{}' was created as {}.", name, dataset.id());
        return dataset;
    }

    synchronized List<Account.Dataset> datasets(Instant until) {
        return datasets.values().stream()
                .filter(holding -> !holding.dataset.createdAt().isAfter(until))
                .map(holding -> holding.shown(until))
                .toList();
    }

    /** @throws Refusal where there is none of this id */
    synchronized Account.Dataset dataset(String id, Instant until) throws Refusal {
        return holding(id).shown(until);
    }

    /**
     * Puts an upload's images into a dataset, as many as it still has room for.
     *
     * @throws Refusal where there is no dataset of this id, or they can't be kept
     */
    synchronized Outcome add(String id, Upload upload) throws Refusal {
        Holding holding = holding(id);
        List<Account.File> stored = new ArrayList<>();
        List<Upload.Failure> failures = new ArrayList<>(upload.failures());
        for (Upload.Image image : upload.images()) {
            if (holding.files.size() + stored.size() < MOST_IMAGES) {
                stored.add(new Account.File(
                        Ids.next(), image.name(), image.size(), image.sha256(), upload.caption(image)));
            } else {
                failures.add(new Upload.Failure(Upload.Reason.TOO_MANY_IMAGES, image.name()));
            }
        }
        if (!stored.isEmpty()) {
            keep(new Change.Added(id, clock.instant(), stored));
        }
        Simulator.LOG.debug("Dataset '{}' took {} images, refused {} files, and holds {} images now.",
                holding.dataset.name(), stored.size(), failures.size(), holding.files.size());
        return new Outcome(stored, failures);
    }

    /**
     * Starts a training of all images that a dataset holds.
     *
     * @throws Refusal where there is no dataset of this id, or it holds too few or too many, or it can't be kept
     */
    synchronized Change.Trained train(String datasetId, String name, Parameters parameters) throws Refusal {
        int images = holding(datasetId).files.size();
        if (images < FEWEST_IMAGES || images > MOST_IMAGES) {
            throw Refusal.badRequest("Training needs " + FEWEST_IMAGES + " to " + MOST_IMAGES
                    + " images, and the dataset holds " + images + ".");
        }
        int version = 1 + (int) trainings.values().stream().filter(each -> each.model().name().equals(name)).count();
        Change.Trained training = new Change.Trained(
                new Account.Model(Ids.next(), datasetId, name, version, images, clock.instant()), parameters);
        keep(training);
        Simulator.LOG.debug("Training {} of '{}' was started with {} images.", trainings.size(), name, images);
        return training;
    }

    synchronized List<Change.Trained> trainings(Instant until) {
        return trainings.values().stream().filter(each -> !each.model().createdAt().isAfter(until)).toList();
    }

    /** @throws Refusal where there is no model of this id */
    synchronized Change.Trained training(String modelId) throws Refusal {
        return Optional.ofNullable(trainings.get(modelId))
                .orElseThrow(() -> Refusal.notFound("There is no model '" + modelId + "'."));
    }

    /** @throws Refusal where it can't be kept */
    synchronized void describe(String sha256, String text) throws Refusal {
        keep(new Change.Described(new Account.Description(sha256, text, clock.instant())));
        Simulator.LOG.debug("An image was described: {}", text);
    }

    /** @throws Refusal where it can't be kept */
    synchronized Account.Picture generate(String prompt, Optional<String> modelUri, String speed, long seed) throws Refusal {
        boolean safe = !prompt.toLowerCase(Locale.ROOT).contains("unsafe");
        Account.Picture picture = new Account.Picture(Ids.next(), prompt, modelUri, speed, seed, safe, clock.instant());
        keep(new Change.Generated(picture));
        Simulator.LOG.debug("Picture {} of '{}' was generated with {}.", pictures.size(), prompt, modelUri.orElse("no model"));
        return picture;
    }

    synchronized List<Account.Description> descriptions() {
        return List.copyOf(descriptions);
    }

    synchronized List<Account.Picture> pictures() {
        return List.copyOf(pictures);
    }

    /** From now on nothing can be kept, so nothing is changed. */
    @Override
    public synchronized void close() throws IOException {
        if (memory.isPresent()) {
            memory.get().close();
        }
    }

    private void keep(Change change) throws Refusal {
        try {
            if (memory.isPresent()) {
                memory.get().add(change);
            }
        } catch (IOException failure) {
            Simulator.LOG.error("The simulator could not keep a change of its account, and refused it: {}",
                    failure.toString());
            throw Refusal.failed("The simulator could not keep the change: " + failure + ".");
        }
        apply(change);
    }

    private void apply(Change change) throws Refusal {
        if (change instanceof Change.Created created) {
            datasets.put(created.dataset().id(), new Holding(created.dataset()));
        } else if (change instanceof Change.Added added) {
            List<Stored> files = holding(added.datasetId()).files;
            added.files().forEach(file -> files.add(new Stored(file, added.at())));
        } else if (change instanceof Change.Trained trained) {
            holding(trained.model().datasetId());
            trainings.put(trained.model().id(), trained);
        } else if (change instanceof Change.Described described) {
            descriptions.add(described.description());
        } else if (change instanceof Change.Generated generated) {
            pictures.add(generated.picture());
        }
    }

    private Holding holding(String id) throws Refusal {
        return Optional.ofNullable(datasets.get(id))
                .orElseThrow(() -> Refusal.notFound("There is no dataset '" + id + "'."));
    }

    private record Stored(Account.File file, Instant at) { }

    /** A dataset as it was created, and the images that came since. */
    private static final class Holding {
        private final Account.Dataset dataset;
        private final List<Stored> files = new ArrayList<>();

        private Holding(Account.Dataset dataset) {
            this.dataset = dataset;
        }

        private Account.Dataset shown(Instant until) {
            return new Account.Dataset(dataset.id(), dataset.name(), dataset.createdAt(), files.stream()
                    .filter(stored -> !stored.at.isAfter(until))
                    .map(Stored::file)
                    .toList());
        }
    }
}
