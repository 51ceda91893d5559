package org.dropfolder.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * Paints a lake between mountains, as if cut out of coloured paper. The same mood, subject and seed give the same
 * picture; another seed moves the mountains, the light and the trees. No text, so that no fonts are needed.
 * For one painting, by one thread.
 */
final class Landscape {
    static final int WIDTH = 900;
    static final int HEIGHT = 600;
    private static final int SHORE = 400;
    private static final int RIDGES = 4;

    private final Mood mood;
    private final Subject subject;
    private final Random random;
    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D g = image.createGraphics();

    private Landscape(Mood mood, Subject subject, long seed) {
        this.mood = mood;
        this.subject = subject;
        this.random = new Random(seed * 31 + mood.ordinal() * 7L + subject.ordinal());
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    /** The painted picture, {@value #WIDTH} x {@value #HEIGHT} pixels. */
    static BufferedImage paint(Mood mood, Subject subject, long seed) {
        Landscape landscape = new Landscape(mood, subject, seed);
        landscape.sky();
        landscape.ridges();
        landscape.reflection();
        landscape.subject();
        landscape.foreground();
        landscape.g.dispose();
        return landscape.image;
    }

    private void sky() {
        g.setPaint(new LinearGradientPaint(0, 0, 0, SHORE, new float[] {0, 1}, new Color[] {mood.zenith, mood.horizon}));
        g.fill(new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
        if (mood == Mood.NIGHT) {
            stars();
        } else {
            clouds();
        }
        double x = between(150, WIDTH - 150);
        double y = between(70, 190);
        double glow = between(190, 260);
        g.setPaint(new RadialGradientPaint((float) x, (float) y, (float) glow, new float[] {0, 0.4f, 1},
            new Color[] {Mood.veiled(mood.light, 170), Mood.veiled(mood.light, 45), Mood.veiled(mood.light, 0)}));
        g.fill(circle(x, y, glow));
        g.setPaint(mood.light);
        g.fill(circle(x, y, between(30, 46)));
    }

    private void stars() {
        for (int i = 0; i < 140; i++) {
            g.setPaint(new Color(255, 255, 255, 80 + random.nextInt(170)));
            g.fill(circle(between(0, WIDTH), between(0, SHORE - 60), between(0.5, 1.7)));
        }
    }

    private void clouds() {
        g.setPaint(new Color(255, 255, 255, mood == Mood.DUSK ? 50 : 105));
        for (int cloud = 0; cloud < 3; cloud++) {
            double x = between(0, WIDTH);
            double y = between(50, 170);
            for (int puff = 0; puff < 5; puff++) {
                double width = between(70, 150);
                g.fill(new Ellipse2D.Double(x + puff * 42 - width / 2, y - width / 8 + between(-9, 9), width, width / 4));
            }
        }
    }

    private void ridges() {
        for (int i = 0; i < RIDGES; i++) {
            double depth = i / (RIDGES - 1.0);
            g.setPaint(new LinearGradientPaint(0, 150, 0, SHORE, new float[] {0, 1}, new Color[] {
                Mood.mixed(mood.far, mood.near, depth * 0.75), Mood.mixed(mood.horizon, mood.near, 0.2 + depth * 0.5)}));
            g.fill(ridge(200 + depth * 130, 95 - depth * 55));
        }
    }

    /** A line of mountains: waves of three lengths, the shorter ones folded into peaks. */
    private Path2D ridge(double top, double height) {
        double first = between(0, 6);
        double second = between(0, 6);
        double third = between(0, 6);
        Path2D ridge = new Path2D.Double();
        ridge.moveTo(0, SHORE);
        for (int x = 0; x <= WIDTH; x += 4) {
            double wave = Math.sin(x / 170.0 + first) * 0.5 - Math.abs(Math.sin(x / 83.0 + second)) * 0.5
                - Math.abs(Math.sin(x / 29.0 + third)) * 0.14 + 0.4;
            ridge.lineTo(x, Math.min(SHORE, top - wave * height + height / 2));
        }
        ridge.lineTo(WIDTH, SHORE);
        ridge.closePath();
        return ridge;
    }

    /** The lake shows what stands above it, upside down and through the water's colour. */
    private void reflection() {
        int depth = HEIGHT - SHORE;
        g.drawImage(image, 0, SHORE, WIDTH, HEIGHT, 0, SHORE, WIDTH, SHORE - depth, null);
        g.setPaint(new LinearGradientPaint(0, SHORE, 0, HEIGHT, new float[] {0, 1},
            new Color[] {Mood.veiled(mood.horizon, 70), Mood.veiled(mood.near, 190)}));
        g.fill(new Rectangle2D.Double(0, SHORE, WIDTH, depth));
        g.setPaint(Mood.veiled(mood.light, 70));
        for (int i = 0; i < 46; i++) {
            double y = between(SHORE + 4, HEIGHT);
            double width = between(14, 40) + (y - SHORE) / 3;
            g.fill(new Rectangle2D.Double(between(-40, WIDTH), y, width, 1.4));
        }
    }

    private void subject() {
        switch (subject) {
            case SAILBOAT -> sailboat(between(220, 680), between(SHORE + 40, SHORE + 90), between(0.8, 1.3));
            case COTTAGE -> cottage(between(120, 700), SHORE + 2, between(0.9, 1.3));
            case PINES -> birds(between(200, 600), between(90, 200));
        }
    }

    private void sailboat(double x, double y, double scale) {
        g.setPaint(new Color(250, 246, 236));
        g.fill(shape(x, y, scale, 4, -8, 4, -92, 52, -14));
        g.setPaint(new Color(206, 74, 58));
        g.fill(shape(x, y, scale, -2, -8, -2, -80, -36, -12));
        g.setPaint(Mood.mixed(mood.near, Color.BLACK, 0.3));
        g.fill(shape(x, y, scale, -46, -6, 58, -6, 42, 10, -32, 10));
    }

    private void cottage(double x, double y, double scale) {
        g.setPaint(Mood.mixed(mood.near, Color.BLACK, 0.25));
        g.fill(shape(x, y, scale, -90, 2, -40, -12, 60, -12, 120, 2));
        g.setPaint(Mood.mixed(new Color(140, 72, 52), mood.near, 0.25));
        g.fill(shape(x, y, scale, -34, -8, -34, -44, 34, -44, 34, -8));
        g.setPaint(Mood.mixed(new Color(70, 40, 44), mood.near, 0.35));
        g.fill(shape(x, y, scale, -44, -42, 0, -76, 44, -42));
        g.fill(shape(x, y, scale, 16, -58, 16, -84, 26, -84, 26, -50));
        g.setPaint(new Color(255, 214, 112));
        g.fill(shape(x, y, scale, -20, -18, -20, -34, -4, -34, -4, -18));
    }

    private void birds(double x, double y) {
        g.setPaint(Mood.mixed(mood.near, Color.BLACK, 0.2));
        g.setStroke(new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int i = 0; i < 7; i++) {
            double wing = between(7, 13);
            double left = x + (i - 3) * 30 + between(-6, 6);
            double height = y + Math.abs(i - 3) * 13 + between(-4, 4);
            Path2D bird = new Path2D.Double();
            bird.moveTo(left - wing, height - wing / 2);
            bird.quadTo(left - wing / 3, height - wing / 2, left, height);
            bird.quadTo(left + wing / 3, height - wing / 2, left + wing, height - wing / 2);
            g.draw(bird);
        }
    }

    /** The near shore, and pines on both its ends: many where they are the subject. */
    private void foreground() {
        Color dark = Mood.mixed(mood.near, Color.BLACK, 0.35);
        g.setPaint(dark);
        g.fill(new Ellipse2D.Double(-260, HEIGHT - 70, 760, 190));
        g.fill(new Ellipse2D.Double(WIDTH - 400, HEIGHT - 52, 700, 170));
        int trees = subject == Subject.PINES ? 9 : 3;
        for (int i = 0; i < trees; i++) {
            pine(between(10, 240), HEIGHT - between(20, 52), between(0.8, subject == Subject.PINES ? 2.1 : 1.2), dark);
            pine(WIDTH - between(10, 200), HEIGHT - between(10, 36), between(0.7, subject == Subject.PINES ? 1.8 : 1.1), dark);
        }
    }

    private void pine(double x, double y, double scale, Color dark) {
        g.setPaint(Mood.mixed(dark, mood.near, random.nextDouble() * 0.5));
        g.fill(shape(x, y, scale, -4, 12, -4, -20, 4, -20, 4, 12));
        for (int layer = 0; layer < 4; layer++) {
            double bottom = -12 - layer * 26;
            double half = 38 - layer * 8;
            g.fill(shape(x, y, scale, -half, bottom, 0, bottom - 50, half, bottom));
        }
        if (mood == Mood.WINTER) {
            g.setPaint(Mood.veiled(Color.WHITE, 200));
            g.fill(shape(x, y, scale, -7, -122, 0, -140, 7, -122, 0, -116));
        }
    }

    /** A polygon of points that are told in turn, x before y, around a place. */
    private static Path2D shape(double x, double y, double scale, double... points) {
        Path2D shape = new Path2D.Double();
        shape.moveTo(x + points[0] * scale, y + points[1] * scale);
        for (int i = 2; i < points.length; i += 2) {
            shape.lineTo(x + points[i] * scale, y + points[i + 1] * scale);
        }
        shape.closePath();
        return shape;
    }

    private static Ellipse2D circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private double between(double least, double most) {
        return least + random.nextDouble() * (most - least);
    }
}
