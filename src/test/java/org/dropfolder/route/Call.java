package org.dropfolder.route;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.ideogram.DatasetFile;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.DatasetState;
import org.dropfolder.ledger.Doubt;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.pipeline.Uploader;
import org.dropfolder.route.Effect.Stand;
import org.dropfolder.simulator.Operation;

/** Every call of the API, alone: the route that makes it, begun where no other call comes before or after. */
enum Call {
    LIST_DATASETS(Operation.LIST_DATASETS, "datasets", "direct:register") {
        @Override
        void prepare(Scene scene, String name) throws Exception {
            scene.client().dataset(named(scene, name).remoteName(), 0);
        }

        @Override
        Stand stand(Scene scene, String name) {
            return done(scene.routes().dataset(name).state() == DatasetState.READY);
        }
    },
    CREATE_DATASET(Operation.CREATE_DATASET, "dataset_id", "direct:create-dataset-once") {
        @Override
        void prepare(Scene scene, String name) {
            named(scene, name);
        }

        @Override
        Stand stand(Scene scene, String name) {
            return Effect.CREATE.stand(scene, name);
        }
    },
    GET_DATASET(Operation.GET_DATASET, "dataset", "direct:claim-batch") {
        @Override
        void prepare(Scene scene, String name) throws Exception {
            known(scene, name, 0);
        }

        /** Nothing waits, so that nothing shows that it went well but that nobody complains. */
        @Override
        Stand stand(Scene scene, String name) {
            return done(scene.routes().dataset(name).trouble().isEmpty());
        }
    },
    UPLOAD_ASSETS(Operation.UPLOAD_ASSETS, "success_count", "direct:send-batch") {
        @Override
        void prepare(Scene scene, String name) throws Exception {
            Dataset dataset = scene.acceptedForAKnownDataset(name, 1);
            scene.routes().bean("uploader", Uploader.class).claim(dataset, listing(dataset, 0));
        }

        @Override
        Stand stand(Scene scene, String name) {
            return Effect.UPLOAD.stand(scene, name);
        }
    },
    TRAIN_MODEL(Operation.TRAIN_MODEL, "model_id", "direct:start-training") {
        @Override
        void prepare(Scene scene, String name) throws Exception {
            waiting(scene, known(scene, name, 15));
        }

        @Override
        void make(Scene scene, String name) throws IOException {
            scene.intend(scene.training(name).orElseThrow());
            super.make(scene, name);
        }

        @Override
        Stand stand(Scene scene, String name) {
            return Effect.TRAIN.stand(scene, name);
        }
    },
    LIST_MODELS(Operation.LIST_MODELS, "models", "direct:look-for-models") {
        @Override
        void prepare(Scene scene, String name) throws Exception {
            Dataset dataset = known(scene, name, 15);
            scene.trainedElsewhere(dataset, "a model");
            waiting(scene, dataset);
        }

        @Override
        Stand stand(Scene scene, String name) {
            return done(scene.training(name).orElseThrow().state() == TrainingState.RUNNING);
        }
    },
    GET_MODEL(Operation.GET_MODEL, "model", "direct:look") {
        @Override
        void prepare(Scene scene, String name) throws Exception {
            Dataset dataset = known(scene, name, 15);
            scene.followed(dataset, scene.trainedElsewhere(dataset, "a model"), Instant.now());
        }

        @Override
        Stand stand(Scene scene, String name) {
            return done(scene.training(name).orElseThrow().status().isPresent());
        }
    };

    private final Operation operation;
    private final String required;
    private final String route;

    Call(Operation operation, String required, String route) {
        this.operation = operation;
        this.required = required;
        this.route = route;
    }

    Operation operation() {
        return operation;
    }

    /** A field without which the answer is none. */
    String required() {
        return required;
    }

    /** Brings everything to where this call comes next. */
    abstract void prepare(Scene scene, String name) throws Exception;

    abstract Stand stand(Scene scene, String name);

    /** Makes the call, and comes back when it went well or is not sent again for now. */
    void make(Scene scene, String name) throws IOException {
        Dataset dataset = scene.routes().dataset(name);
        scene.routes().send(route, exchange -> {
            // a look at a model is no dataset's
            if (this != GET_MODEL) {
                exchange.setVariable("dataset", dataset);
            }
            scene.training(name).ifPresent(training -> exchange.setVariable("training", training));
            exchange.getMessage().setBody(dataset.remoteId().map(id -> listing(dataset, 15)).orElse(null));
        });
    }

    /** Whether the ledger says what is to come: who looks for it, or why and until when it waits. */
    boolean isWrittenDown(Scene scene, String name) {
        Dataset dataset = scene.routes().dataset(name);
        Optional<Training> training = scene.training(name);
        if (stand(scene, name) == Stand.IN_DOUBT) {
            return scene.routes().ledger().doubts().of(dataset.id()).stream().map(Doubt::what).toList()
                    .equals(List.of(Map.of(CREATE_DATASET, Doubt.What.CREATION, UPLOAD_ASSETS, Doubt.What.BATCH,
                            TRAIN_MODEL, Doubt.What.TRAINING).get(this)));
        }
        return switch (this) {
            case TRAIN_MODEL -> training.flatMap(Training::retryAt).isPresent() && training.flatMap(Training::trouble).isPresent();
            // the sweep finds it late
            case GET_MODEL -> training.flatMap(Training::nextLook).isPresent();
            default -> dataset.retryAt().isPresent() && dataset.trouble().isPresent();
        };
    }

    private static Stand done(boolean done) {
        return done ? Stand.DONE : Stand.NOT_DONE;
    }

    private static Dataset named(Scene scene, String name) {
        return scene.routes().ledger().datasets().named(name, name);
    }

    private static Dataset known(Scene scene, String name, int images) throws Exception {
        return scene.routes().ledger().datasets().ready(named(scene, name), scene.client().dataset(name, images), false);
    }

    private static void waiting(Scene scene, Dataset dataset) {
        scene.routes().ledger().trainings().waiting(dataset, 1, "a model", 15, new BigDecimal("40"));
    }

    static DatasetDetail listing(Dataset dataset, int images) {
        List<DatasetFile> files = IntStream.range(0, images)
                .mapToObj(i -> new DatasetFile(Optional.of(i + ".jpg"), OptionalLong.empty())).toList();
        return new DatasetDetail(new org.dropfolder.ideogram.Dataset(dataset.knownId(), dataset.remoteName(),
                Optional.empty(), Optional.empty()), OptionalInt.of(images), files, List.of());
    }
}
