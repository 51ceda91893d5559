package org.dropfolder.corpus;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Small pictures, each number's of its own. */
final class Paint {
    static final int WIDTH = 48;
    static final int HEIGHT = 32;

    private Paint() { }

    static BufferedImage picture(int number) {
        return picture(number, WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    }

    static BufferedImage picture(int number, int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D paint = image.createGraphics();
        paint.setColor(new Color(number * 7919));
        paint.fillRect(0, 0, width, height);
        paint.setColor(new Color(number * 104_729 + 1));
        paint.fillOval(Math.floorMod(number, 16), Math.floorMod(number, 8), width / 2, height / 2);
        paint.setColor(Color.ORANGE);
        paint.drawLine(0, Math.floorMod(number, height), width, height / 2);
        paint.dispose();
        return image;
    }

    /** A picture that no encoder makes small. */
    static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(width * 31L + height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
        return image;
    }
}
