/** What the API and the commands show, and what it means. Reads the ledger, changes nothing, and uses no other room. */
package org.dropfolder.status;
