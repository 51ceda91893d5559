package org.dropfolder.ledger;

/**
 * A file in the data folder that the ledger does not know: the ledger is new, or an older copy of what it was.
 *
 * @param arrival what it is; its reason is why it is, or is to be, set aside
 * @param target  where it lies, below the data folder
 * @param rests   {@link AssetState#ACCEPTED}: in pending/, {@link AssetState#UPLOADED}: in done/,
 *                {@link AssetState#REJECTED}: in rejected/
 */
public record Find(Arrival arrival, String target, AssetState rests) { }
