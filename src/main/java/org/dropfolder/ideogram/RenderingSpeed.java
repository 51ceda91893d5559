package org.dropfolder.ideogram;

import java.math.BigDecimal;
import java.util.Optional;

/** How a picture is drawn: the quicker, the cheaper. [ref] */
public enum RenderingSpeed {
    FLASH(Optional.empty()), TURBO(Optional.of("0.03")), DEFAULT(Optional.of("0.06")), QUALITY(Optional.of("0.09"));

    private final Optional<BigDecimal> price;

    RenderingSpeed(Optional<String> price) {
        this.price = price.map(BigDecimal::new);
    }

    /** US dollars a picture [doc]; nobody tells that of {@link #FLASH}. */
    public Optional<BigDecimal> price() {
        return price;
    }
}
