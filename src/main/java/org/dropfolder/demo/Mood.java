package org.dropfolder.demo;

import java.awt.Color;

/** The light in which a landscape is painted, from the sky down to the shore. */
enum Mood {
    DAWN("at dawn", 0x5b6fa8, 0xffd0a8, 0xfff1d6, 0xb9a3c4, 0x3b3a5c),
    NOON("at noon", 0x3f8fd6, 0xd9f0ff, 0xfffbe0, 0x9cc3d8, 0x23593f),
    DUSK("at dusk", 0x3a2a63, 0xff8f5a, 0xffe29a, 0xa8567e, 0x241537),
    NIGHT("at night", 0x070b24, 0x2c4a7c, 0xf4f1dc, 0x31507f, 0x050914),
    AUTUMN("in autumn", 0x7ca5bd, 0xf7e3bb, 0xfff4cf, 0xc98f54, 0x5c2a17),
    WINTER("in winter", 0x90aecb, 0xf3f7fb, 0xffffff, 0xd7e2ee, 0x3d5a75);

    /** As a caption says it. */
    final String words;
    final Color zenith;
    final Color horizon;
    /** The sun or the moon. */
    final Color light;
    final Color far;
    final Color near;

    /** @param colours zenith, horizon, light, far and near, as 0xRRGGBB */
    Mood(String words, int... colours) {
        this.words = words;
        this.zenith = new Color(colours[0]);
        this.horizon = new Color(colours[1]);
        this.light = new Color(colours[2]);
        this.far = new Color(colours[3]);
        this.near = new Color(colours[4]);
    }

    /** A part of the way from one colour to another, 0 to 1. */
    static Color mixed(Color from, Color to, double share) {
        return new Color(part(from.getRed(), to.getRed(), share), part(from.getGreen(), to.getGreen(), share),
            part(from.getBlue(), to.getBlue(), share));
    }

    /** The same colour, less dense; 0 to 255. */
    static Color veiled(Color colour, int alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }

    private static int part(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }
}
