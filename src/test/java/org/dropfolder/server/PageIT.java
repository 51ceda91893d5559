package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser, before the packaged jar: what people see, without loading it anew. */
class PageIT {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @TempDir
    private Path folder;
    private ServedPage page;
    private Browser browser;
    private String url;

    @BeforeEach
    void start() throws Exception {
        page = new ServedPage(folder);
        page.serve();
        browser = page.browser();
        url = page.url();
    }

    @AfterEach
    void stop() throws Exception {
        if (page != null) {
            page.close();
        }
    }

    @Test
    void showsTheWayFromPicturesToTheModelWithoutBeingLoadedAnew() throws Exception {
        browser.open(page.link());
        browser.awaitText("Drop pictures, get a model");
        assertThat(browser.address()).as("the token is out of sight").doesNotContain("token");
        assertThat(browser.text()).contains("SIMULATED").contains("inbox-simulated");
        browser.run("window.loadedOnce = true");

        Pictures.folder(folder.resolve("inbox-simulated/garden"), 6);
        browser.awaitText("6 of 15 images");
        assertThat(browser.all(".bar .there")).hasSize(6);
        assertThat(browser.all(".mosaic img")).hasSize(5);
        for (int i = 100; i < 110; i++) {
            Files.write(folder.resolve("inbox-simulated/garden/more-" + i + ".png"), Pictures.png(i));
        }
        browser.one(".chip[data-stage=APPROVAL]");
        browser.awaitText("16 images");
        assertThat(browser.all(".bar .there")).hasSize(15);

        browser.one(".card .main").click();
        browser.awaitText("It costs about 40 US dollars (simulated: nothing is paid).");
        assertThat(browser.focused()).as("the careful answer").isEqualTo("Not now");
        browser.one("#question .main").click();
        browser.awaitText("Approved: garden is trained");
        browser.one(".chip[data-stage=TRAINING]");
        browser.one(".card h2 a").click();
        browser.one(".sheet .chip[data-stage=READY]");
        assertThat(browser.one(".copyable code").getText()).isEqualTo("model/garden/version/1");
        assertThat(browser.text()).contains("16 images", "about 40 US dollars", "took ");
        assertThat(browser.run("return window.loadedOnce")).isEqualTo(true);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(browser.run(
            "return [...document.querySelectorAll('.images img')].slice(0, 4).every(i => i.complete && i.naturalWidth > 0)")).isEqualTo(true));
        assertIsQuietAndAlone();
    }

    @Test
    void whereOthersAreLetInItShowsNothingWithoutItsLinkAndEverythingWithIt() throws Exception {
        page.endServer();
        page.serve("-Ddropfolder.http.host=0.0.0.0");
        url = page.url();
        Pictures.folder(folder.resolve("inbox-simulated/garden"), 3);
        browser.open(url);
        browser.awaitText("This page needs its link");
        assertThat(browser.text()).doesNotContain("garden");

        browser.one("#token").sendKeys(page.token(), Keys.ENTER);
        browser.awaitText("3 of 15 images");
        browser.one(".live[data-state=live]");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(browser.run(
            "return [...document.querySelectorAll('.mosaic img')].every(i => i.complete && i.naturalWidth > 0)")).isEqualTo(true));
        assertThat((String) browser.run("return document.cookie")).as("no script can read the pass").isEmpty();
        assertThat(browser.requests()).allMatch(address -> address.startsWith(url + "/") || address.startsWith("data:"));
    }

    @Test
    void whatIsDroppedOnADatasetGoesTheWayOfAllThatIsDropped() throws Exception {
        Pictures.folder(folder.resolve("inbox-simulated/garden"), 1);
        browser.open(page.link());
        browser.awaitText("1 of 15 images");
        browser.one(".card h2 a").click();
        browser.one("h1");
        Path picture = Files.write(folder.resolve("more <b>.png"), Pictures.png(77));
        browser.all("input[type=file]").get(0).sendKeys(picture.toString());

        browser.awaitText("All files are there");
        browser.awaitText("2 of 15 images");
        assertThat(browser.text()).contains("more <b>.png");
        assertIsQuietAndAlone();
    }

    @Test
    void whatSpeaksAgainstThePicturesIsShownWithThemBeforeTheyArePaid() throws Exception {
        Pictures.folder(page.inbox("garden"), 3);
        browser.open(page.link());
        browser.awaitText("3 of 15 images");
        browser.awaitText("small (3)");
        browser.one(".card h2 a").click();
        browser.awaitText("3 pictures have fewer pixels than 512 x 512");
        assertThat(browser.all(".findings .serious img")).hasSizeGreaterThanOrEqualTo(3)
            .allSatisfy(image -> assertThat(image.getAttribute("alt")).startsWith("picture-"));
        browser.run("const image = new Image(); image.id = 'sheet'; image.src = document.querySelector('.sheet-link').href; document.body.append(image)");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(browser.run(
            "return document.getElementById('sheet').naturalWidth > 400")).isEqualTo(true));
        browser.run("document.getElementById('sheet').remove()");
        assertIsQuietAndAlone();
    }

    @Test
    void whatAHandDropsOnACardArrivesAndWhatMissesItChangesNothing() throws Exception {
        Pictures.folder(page.inbox("garden"), 1);
        browser.open(page.link());
        browser.awaitText("1 of 15 images");
        browser.run("window.loadedOnce = true");
        Path first = Files.write(folder.resolve("first.png"), Pictures.png(71));
        Path second = Files.write(folder.resolve("second.png"), Pictures.png(72));

        browser.drop(".top", first);
        browser.drop(".card", first, second);

        browser.awaitText("All files are there");
        browser.awaitText("3 of 15 images");
        assertThat(browser.all(".receives")).isEmpty();
        assertThat(browser.run("return window.loadedOnce")).isEqualTo(true);
        browser.one(".card h2 a").click();
        browser.one("h1");
        browser.drop(".sheet", Files.write(folder.resolve("third.png"), Pictures.png(73)));
        browser.awaitText("4 of 15 images");
        assertThat(browser.barriers()).isEmpty();
        assertIsQuietAndAlone();
    }

    @Test
    void theKeyboardAloneCopiesTheModelsAddressAndAsksForFiles() throws Exception {
        Pictures.folder(page.inbox("garden"), 15);
        browser.open(page.link());
        browser.one(".card .main").click();
        browser.one("#question .main").click();
        browser.one(".chip[data-stage=READY]");
        browser.run("location.hash = '#/d/garden'");
        browser.permit(url, "clipboard-write", "granted");
        browser.permit(url, "clipboard-read", "granted");

        // what it says, it says for a few seconds
        browser.one(".copy");
        browser.run("window.said = []; new MutationObserver(() => said.push(document.querySelector('.copy').textContent))"
            + ".observe(document.querySelector('.copy'), {childList: true, characterData: true, subtree: true})");
        browser.one(".copy").sendKeys(Keys.ENTER);
        await().untilAsserted(() -> assertThat(browser.run("return said.join()")).isEqualTo("Copied"));
        assertThat(browser.runUntilDone("navigator.clipboard.readText().then(done)")).isEqualTo("model/garden/version/1");

        browser.permit(url, "clipboard-write", "denied");
        await().untilAsserted(() -> assertThat(browser.run("return said.join()")).isEqualTo("Copied,Copy"));
        browser.one(".copy").sendKeys(Keys.ENTER);
        await().untilAsserted(() -> assertThat((String) browser.run("return said.join()")).startsWith("Copied,Copy,Press Ctrl+C"));
        assertThat(browser.run("return getSelection().toString()")).isEqualTo("model/garden/version/1");

        browser.holdChooser();
        browser.requests();
        browser.run("[...document.querySelectorAll('button')].find(b => b.textContent === 'Add images').focus()");
        browser.press(Keys.ENTER);
        await().untilAsserted(() -> assertThat(browser.asksForFiles()).isTrue());
    }

    @Test
    void markupInNamesStaysText() throws Exception {
        Path hostile = Files.createDirectories(folder.resolve("inbox-simulated").resolve(HOSTILE));
        Files.write(hostile.resolve("<b>bold<b>.png"), Pictures.png(1));
        Files.writeString(hostile.resolve("<i>no image<i>.jpg"), "<script>alert(2)</script>");
        browser.open(url);
        browser.awaitText(HOSTILE);
        browser.one(".card h2 a").click();
        browser.awaitText("<b>bold<b>.png");
        browser.awaitText("<i>no image<i>.jpg");

        assertThat(browser.one("h1").getText()).isEqualTo(HOSTILE);
        assertThat(browser.all("b, i, img[src=x]")).isEmpty();
        assertThat(browser.text()).contains("is not a JPEG, PNG or WebP image");
        assertIsQuietAndAlone();
    }

    @Test
    void theKeyboardReachesEverythingAndNothingStandsInTheWay() throws Exception {
        Pictures.folder(folder.resolve("inbox-simulated/garden"), 15);
        Files.writeString(folder.resolve("inbox-simulated/garden/plan.jpg"), "no image");
        browser.open(url);
        browser.one(".chip[data-stage=APPROVAL]");
        assertThat(reached(6)).contains("To the datasets", "Dropfolder", "Search datasets", "garden", "Approve training");
        for (String scheme : List.of("light", "dark")) {
            for (int width : List.of(390, 1280)) {
                browser.prefer(scheme);
                browser.resize(width, 900);
                assertThat(browser.barriers()).as(scheme + " at " + width).isEmpty();
                assertThat((Long) browser.run("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
            }
        }
        browser.run("document.querySelector('.card h2 a').focus()");
        browser.press(Keys.ENTER);
        browser.awaitText("plan.jpg");
        assertThat(browser.focused()).as("the heading is read first").isEqualTo("garden");
        assertThat(reached(4)).contains("Approve training", "Add images", "Try again");
        assertThat(browser.barriers()).isEmpty();

        browser.run("document.querySelector('.sheet .main').focus()");
        browser.press(Keys.ENTER);
        WebElement question = browser.one("#question");
        assertThat(question.getText()).as("without the link").contains("This page only looks", "#token=");
        assertThat(browser.barriers()).isEmpty();
        browser.press(Keys.ESCAPE);
        await().untilAsserted(() -> assertThat(question.isDisplayed()).isFalse());
        assertIsQuietAndAlone();
    }

    private List<String> reached(int tabs) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < tabs; i++) {
            browser.press(Keys.TAB);
            names.add(browser.focused());
        }
        return names;
    }

    /** Nothing was complained of, and nobody else was asked for anything. */
    private void assertIsQuietAndAlone() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isNotEmpty().allMatch(address -> address.startsWith(url + "/") || address.startsWith("data:"));
    }
}
