/**
 * What a dataset's folder may say of its trainings: {@code dropfolder.yaml}, held against {@code page/dropfolder.schema.json}. Uses
 * {@code image}, for texts that can be shown, and {@code ledger}, where it stands once it was read.
 *
 * <p>A folder's word is only ever the stricter one: each rule that combines it with the server's own stands in {@link
 * org.dropfolder.folder.FolderSettings}.
 */
package org.dropfolder.folder;
