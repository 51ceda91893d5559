/**
 * The beans that the routes call, named for their role. Each holds one rule of the way from a dropped file to a model:
 * it reads the ledger, decides, and writes the ledger. None calls the API or sends a message (the routes do), and none
 * knows an exchange.
 *
 * <p>Uses {@code image}, {@code ideogram}, {@code ledger} and {@code store}, and not Camel.
 */
package org.dropfolder.pipeline;
