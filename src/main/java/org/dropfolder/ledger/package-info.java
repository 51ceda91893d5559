/**
 * The ledger: what was dropped, sent, trained and spent, in a relational database. It is the truth; messages are
 * only wake-ups. Every change of a state is one conditional update inside one transaction, so each operation either
 * happened whole or not at all, and is safe to ask for again.
 *
 * <p>Uses no other room, and not Camel.
 */
package org.dropfolder.ledger;
