package org.dropfolder.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import net.coobird.thumbnailator.Thumbnails;

/** What is done to an image's pixels. Each answers the image that it was given where there is nothing to do. */
final class Pixels {
    private Pixels() {}

    /**
     * In sRGB, 8 bits a colour, its alpha kept where it has one.
     *
     * @param profile of its colours, where the image does not know it; one that is damaged, or is not of red, green
     *                and blue, counts as none
     */
    static BufferedImage inSrgb(BufferedImage image, Optional<byte[]> profile) {
        ColorModel model = image.getColorModel();
        boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        boolean plain = model.getColorSpace().isCS_sRGB() || model.getColorSpace() == ColorSpace.getInstance(ColorSpace.CS_GRAY);
        if (!plain) {
            return converted(image);
        }
        BufferedImage rgb = grey ? fromGrey(image) : inBytes(image);
        return grey ? rgb : profile.flatMap(Pixels::colours).map(space -> converted(as(rgb, space))).orElse(rgb);
    }

    /** Turned or mirrored as Exif's number from 1 to 8 says. */
    static BufferedImage upright(BufferedImage image, int orientation) {
        if (orientation == 1) {
            return image;
        }
        boolean aside = orientation > 4;
        int width = aside ? image.getHeight() : image.getWidth();
        int height = aside ? image.getWidth() : image.getHeight();
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBelow = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        BufferedImage upright = new BufferedImage(width, height, image.getType());
        int[] line = new int[width];
        for (int y = 0; y < height; y++) {
            if (aside) {
                image.getRGB(fromRight ? height - 1 - y : y, 0, 1, width, line, 0, 1);
            } else {
                image.getRGB(0, fromBelow ? height - 1 - y : y, width, 1, line, 0, width);
            }
            if (aside ? fromBelow : fromRight) {
                reverse(line);
            }
            upright.setRGB(0, y, width, 1, line, 0, width);
        }
        return upright;
    }

    /** Scaled to a part of its sides, from 0 to 1; no side is shorter than a pixel. */
    static BufferedImage scaled(BufferedImage image, double part) {
        int width = Math.max(1, (int) (image.getWidth() * part));
        int height = Math.max(1, (int) (image.getHeight() * part));
        try {
            return Thumbnails.of(image).forceSize(width, height).imageType(image.getType()).asBufferedImage();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not scale an image, though nothing is read for it.", e);
        }
    }

    private static void reverse(int[] line) {
        for (int i = 0, j = line.length - 1; i < j; i++, j--) {
            int pixel = line[i];
            line[i] = line[j];
            line[j] = pixel;
        }
    }

    private static BufferedImage empty(BufferedImage like) {
        return new BufferedImage(like.getWidth(), like.getHeight(),
                like.getColorModel().hasAlpha() ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR);
    }

    private static BufferedImage inBytes(BufferedImage image) {
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR || image.getType() == BufferedImage.TYPE_4BYTE_ABGR) {
            return image;
        }
        BufferedImage rgb = empty(image);
        int width = image.getWidth();
        int[] line = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, line, 0, width);
            rgb.setRGB(0, y, width, 1, line, 0, width);
        }
        return rgb;
    }

    /** Java takes grey for linear, and would make it lighter; in files it is as the colours of sRGB are. */
    private static BufferedImage fromGrey(BufferedImage image) {
        BufferedImage rgb = empty(image);
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        boolean alpha = image.getColorModel().hasAlpha() && bands > 1;
        int width = image.getWidth();
        int[] samples = new int[width * bands];
        int[] line = new int[width];
        int bits = raster.getSampleModel().getSampleSize(0);
        int most = bits >= 31 ? Integer.MAX_VALUE : (1 << bits) - 1;
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, samples);
            for (int x = 0; x < width; x++) {
                int grey = (int) ((samples[x * bands] & 0xFFFF_FFFFL) * 255 / most);
                int opacity = alpha ? (int) ((samples[x * bands + 1] & 0xFFFF_FFFFL) * 255 / most) : 255;
                line[x] = opacity << 24 | grey << 16 | grey << 8 | grey;
            }
            rgb.setRGB(0, y, width, 1, line, 0, width);
        }
        return rgb;
    }

    private static BufferedImage converted(BufferedImage image) {
        return new ColorConvertOp(null).filter(image, empty(image));
    }

    /** The same pixels, taken for colours of another space. */
    private static BufferedImage as(BufferedImage image, ICC_ColorSpace space) {
        boolean alpha = image.getColorModel().hasAlpha();
        ColorModel model = new ComponentColorModel(space, alpha, false, image.getTransparency(), DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, image.getRaster(), false, null);
    }

    private static Optional<ICC_ColorSpace> colours(byte[] profile) {
        try {
            ICC_Profile read = ICC_Profile.getInstance(profile);
            return read.getColorSpaceType() == ColorSpace.TYPE_RGB ? Optional.of(new ICC_ColorSpace(read)) : Optional.empty();
        } catch (IllegalArgumentException | CMMException damaged) {
            return Optional.empty();
        }
    }
}
