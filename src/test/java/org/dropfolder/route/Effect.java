package org.dropfolder.route;

import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Tally;
import org.dropfolder.simulator.Operation;

/** The requests that change something at Ideogram, and how the ledger sees them. */
enum Effect {
    CREATE(Operation.CREATE_DATASET) {
        @Override
        void prepare(Scene scene, String dataset) throws Exception {
            scene.accepted(dataset, 1);
        }

        @Override
        void wake(Scene scene, String dataset) throws Exception {
            scene.routes().sendAndWait("seda:batch-due", dataset);
        }

        @Override
        Stand stand(Scene scene, String dataset) {
            return switch (scene.routes().dataset(dataset).state()) {
                case READY -> Stand.DONE;
                case IN_DOUBT -> Stand.IN_DOUBT;
                case NEW -> Stand.NOT_DONE;
                case INTENDED -> Stand.UNDER_WAY;
            };
        }
    },
    UPLOAD(Operation.UPLOAD_ASSETS) {
        @Override
        void prepare(Scene scene, String dataset) throws Exception {
            scene.acceptedForAKnownDataset(dataset, 1);
        }

        @Override
        void wake(Scene scene, String dataset) throws Exception {
            scene.routes().sendAndWait("seda:batch-due", dataset);
        }

        @Override
        Stand stand(Scene scene, String name) {
            long dataset = scene.routes().dataset(name).id();
            // in one look: between two, what waits may be claimed, and would neither wait nor be under way
            Tally images = scene.routes().ledger().assets().tally(dataset);
            if (images.of(AssetState.BATCHED) > 0) {
                return scene.routes().ledger().batches().inDoubt(dataset).isPresent() ? Stand.IN_DOUBT : Stand.UNDER_WAY;
            }
            return images.of(AssetState.ACCEPTED) == 0 ? Stand.DONE : Stand.NOT_DONE;
        }
    },
    TRAIN(Operation.TRAIN_MODEL) {
        @Override
        void prepare(Scene scene, String dataset) throws Exception {
            scene.uploaded(dataset, 15);
        }

        @Override
        void wake(Scene scene, String dataset) throws Exception {
            scene.routes().sendAndWait("direct:train", dataset);
        }

        @Override
        Stand stand(Scene scene, String dataset) {
            return switch (scene.training(dataset).orElseThrow().state()) {
                case RUNNING -> Stand.DONE;
                case IN_DOUBT -> Stand.IN_DOUBT;
                case WAITING -> Stand.NOT_DONE;
                default -> Stand.UNDER_WAY;
            };
        }
    },
    /** The same with hyperparameters, which people set in the dataset's folder. */
    TRAIN_ADVANCED(Operation.TRAIN_MODEL_ADVANCED) {
        @Override
        void prepare(Scene scene, String dataset) throws Exception {
            scene.uploaded(dataset, 15);
            scene.set(dataset, "steps: 200");
        }

        @Override
        void wake(Scene scene, String dataset) throws Exception {
            TRAIN.wake(scene, dataset);
        }

        @Override
        Stand stand(Scene scene, String dataset) {
            return TRAIN.stand(scene, dataset);
        }
    };

    private final Operation operation;

    Effect(Operation operation) {
        this.operation = operation;
    }

    Operation operation() {
        return operation;
    }

    /** Whether it costs money. */
    boolean trains() {
        return this == TRAIN || this == TRAIN_ADVANCED;
    }

    /** Brings everything to where this request comes next. */
    abstract void prepare(Scene scene, String dataset) throws Exception;

    /** Wakes the route that sends it, and waits until that has done what it does. */
    abstract void wake(Scene scene, String dataset) throws Exception;

    abstract Stand stand(Scene scene, String dataset);

    /** How far a request has come. */
    enum Stand { NOT_DONE, UNDER_WAY, DONE, IN_DOUBT }
}
