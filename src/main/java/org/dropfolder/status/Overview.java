package org.dropfolder.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * What the page shows first: some of all datasets, the one that changed last first; what is not known is null.
 *
 * @param simulated     whether nothing of this leaves the machine
 * @param inbox         where datasets' folders are made
 * @param troubles      what keeps everything waiting
 * @param withoutFolder files that lay directly in the inbox and were set aside
 * @param revision      of the last change when this was read
 * @param found         datasets whose names hold what was searched for, in all
 * @param more          how to ask for those that follow: datasets that changed before this revision; null if none follow
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Overview(boolean simulated, String inbox, List<Status.OfTrouble> troubles, int withoutFolder, long revision,
                       int found, List<Card> datasets, Long more) { }
