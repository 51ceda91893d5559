/** What page, API, commands and health show. Reads the ledger, changes nothing, and uses no other room. */
package org.dropfolder.status;
