package org.dropfolder.ledger;

/**
 * Names the place where a dropped file belongs. Asked inside a transaction, so it must be quick. But for what is set aside, which
 * keeps its name while it can, each place bears the row's id, so that no other row has it.
 */
@FunctionalInterface
public interface Targets {
    /**
     * @param rests {@link AssetState#ACCEPTED}: in pending/, {@link AssetState#UPLOADED}: in done/,
     *              {@link AssetState#REJECTED}: in rejected/
     * @param id    the file's row
     * @param name  the name that its owner gave it
     * @return a place that nothing has, below the data folder
     */
    String of(AssetState rests, long id, String name);
}
