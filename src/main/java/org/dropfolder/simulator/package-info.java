/**
 * The Ideogram custom-model-training API on loopback, by its contract and strict about it, for the demo and the tests.
 *
 * <p>{@link org.dropfolder.simulator.Simulator} is the door. It keeps no image bytes, only names, sizes and hashes;
 * {@link org.dropfolder.simulator.Account} is what tests compare with, {@link org.dropfolder.simulator.Faults} is how
 * they make it fail. This package uses no other of the project, and nothing of Camel.
 */
package org.dropfolder.simulator;
