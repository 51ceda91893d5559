/**
 * The Ideogram custom-model-training API on loopback, by its contract and strict about it, for the demo and the tests.
 *
 * <p>{@link org.dropfolder.simulator.Simulator} is the door. It keeps no image bytes, only names, sizes and hashes;
 * {@link org.dropfolder.simulator.Account} is what tests compare with, {@link org.dropfolder.simulator.Faults} is how
 * they make it fail. This package uses no other of the project, and nothing of Camel.
 *
 * <p>A simulator that was given a file, by
 * {@link org.dropfolder.simulator.Simulator.Options#withMemory(java.nio.file.Path) withMemory}, promises:
 * <ul>
 * <li>What a client was told is never forgotten: each change is a line of JSON that is appended and synced to the disk
 *     before it is answered, and all lines are read at the next start. After a kill a change is there as a whole or
 *     not at all; one that was not answered can be either.
 * <li>The datasets are there again with their files, captions and times, the models with how they were trained, what was
 *     described and what was generated. A
 *     training goes on by the clock while no simulator runs. Ids stay what they were. What requests were seen is not
 *     kept, nor are faults that waited.
 * <li>A change costs the same however much the account holds: a few hundred bytes for an image, and one sync.
 * <li>What can't be written is refused with 500 and not done. A file that can't be read, a damaged line for one, stops
 *     the start and stays as it is; only a last line without its end is dropped, of which no client can know.
 * </ul>
 * Without a file nothing is written anywhere.
 */
package org.dropfolder.simulator;
