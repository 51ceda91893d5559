/** What the API shows. Reads the ledger, changes nothing, and uses no other room. */
package org.dropfolder.status;
