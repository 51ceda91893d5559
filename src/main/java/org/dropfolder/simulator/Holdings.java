package org.dropfolder.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The datasets and models of the account, and the rules of the contract for them. Thread safe.
 *
 * <p>What lists things takes a moment, and shows only what was there by then.
 */
final class Holdings {
    /** A dataset holds this many images at most, and training needs so many at least [ref]. */
    private static final int MOST_IMAGES = 100;
    private static final int FEWEST_IMAGES = 15;

    private final Clock clock;
    private final Map<String, Holding> datasets = new LinkedHashMap<>();
    private final Map<String, Training> trainings = new LinkedHashMap<>();

    Holdings(Clock clock) {
        this.clock = clock;
    }

    /** A model and how it was trained. */
    record Training(Account.Model model, Parameters parameters) { }

    /** What became of an upload, image by image. */
    record Outcome(List<Account.File> stored, List<Upload.Failure> failures) { }

    synchronized Account.Dataset create(String name) {
        Holding holding = new Holding(new Account.Dataset(Ids.next(), name, clock.instant(), List.of()));
        datasets.put(holding.dataset.id(), holding);
        Simulator.LOG.debug("Dataset '{}' was created as {}.", name, holding.dataset.id());
        return holding.dataset;
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
     * @throws Refusal where there is no dataset of this id
     */
    synchronized Outcome add(String id, Upload upload) throws Refusal {
        Holding holding = holding(id);
        List<Account.File> stored = new ArrayList<>();
        List<Upload.Failure> failures = new ArrayList<>(upload.failures());
        for (Upload.Image image : upload.images()) {
            if (holding.files.size() < MOST_IMAGES) {
                Account.File file = new Account.File(
                        Ids.next(), image.name(), image.size(), image.sha256(), upload.caption(image));
                holding.files.add(new Stored(file, clock.instant()));
                stored.add(file);
            } else {
                failures.add(new Upload.Failure(Upload.Reason.TOO_MANY_IMAGES, image.name()));
            }
        }
        Simulator.LOG.debug("Dataset '{}' took {} images, refused {} files, and holds {} images now.",
                holding.dataset.name(), stored.size(), failures.size(), holding.files.size());
        return new Outcome(stored, failures);
    }

    /**
     * Starts a training of all images that a dataset holds.
     *
     * @throws Refusal where there is no dataset of this id, or it holds too few or too many
     */
    synchronized Training train(String datasetId, String name, Parameters parameters) throws Refusal {
        int images = holding(datasetId).files.size();
        if (images < FEWEST_IMAGES || images > MOST_IMAGES) {
            throw Refusal.badRequest("Training needs " + FEWEST_IMAGES + " to " + MOST_IMAGES
                    + " images, and the dataset holds " + images + ".");
        }
        Training training = new Training(
                new Account.Model(Ids.next(), datasetId, name, images, clock.instant()), parameters);
        trainings.put(training.model.id(), training);
        Simulator.LOG.debug("Training {} of '{}' was started with {} images.", trainings.size(), name, images);
        return training;
    }

    synchronized List<Training> trainings(Instant until) {
        return trainings.values().stream().filter(each -> !each.model.createdAt().isAfter(until)).toList();
    }

    /** @throws Refusal where there is no model of this id */
    synchronized Training training(String modelId) throws Refusal {
        return Optional.ofNullable(trainings.get(modelId))
                .orElseThrow(() -> Refusal.notFound("There is no model '" + modelId + "'."));
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
