package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page stays true in a real browser: without events, over a restart of the server, and while an upload goes on. */
class PageLiveIT {
    private static final int MB = 1 << 20;

    @TempDir
    private Path folder;
    private ServedPage page;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        page = new ServedPage(folder);
        browser = page.browser();
    }

    @AfterEach
    void stop() throws Exception {
        if (page != null) {
            page.close();
        }
    }

    @Test
    void whereNoEventsComeItAsksByItself() throws Exception {
        page.serve();
        browser.block("*/api/events");
        browser.open(page.url());
        browser.one(".live[data-state=asks]");
        assertThat(browser.text()).contains("Every 5 s");

        Pictures.folder(page.inbox("garden"), 3);
        browser.awaitText("3 of 15 images");
        browser.one(".card h2 a").click();
        Files.write(page.inbox("garden").resolve("one more.png"), Pictures.png(99));
        browser.awaitText("4 of 15 images");
        assertThat(browser.all(".live[data-state=asks]")).isNotEmpty();

        browser.block();
        browser.one(".live[data-state=live]");
    }

    @Test
    void afterARestartItGoesOnWhereItWas() throws Exception {
        page.serve();
        Pictures.folder(page.inbox("garden"), 3);
        browser.open(page.link());
        browser.awaitText("3 of 15 images");
        browser.one(".live[data-state=live]");
        browser.run("window.loadedOnce = true");
        int port = URI.create(page.url()).getPort();

        page.endServer();
        browser.one(".live[data-state=away]");
        assertThat(browser.text()).contains("Not reached", "3 of 15 images");
        Files.write(page.inbox("garden").resolve("while it was away.png"), Pictures.png(99));
        page.serve("-Ddropfolder.http.port=" + port);

        browser.one(".live[data-state=live]");
        browser.awaitText("4 of 15 images");
        assertThat(browser.run("return window.loadedOnce")).isEqualTo(true);
        Files.write(page.inbox("garden").resolve("later.png"), Pictures.png(98));
        browser.awaitText("5 of 15 images");
    }

    @Test
    void aLargeUploadGrowsAndGoesAway() throws Exception {
        try (Simulator simulator = Simulator.start(Watched.simulator()); Sluice line = new Sluice(simulator.url())) {
            page.serveWith(line.url().toString());
            browser.open(page.url());
            Path garden = Files.createDirectories(folder.resolve("shoot"));
            for (int i = 0; i < 4; i++) {
                Files.write(garden.resolve(i + ".png"), Pictures.paddedPng(i, 10 * MB));
            }
            Files.move(garden, folder.resolve("inbox/garden"));
            browser.awaitText("of 40.0 MB sent");
            assertThat(browser.all(".flow[role=progressbar][aria-valuenow]")).hasSize(1);
            browser.awaitText("standing still");
            double before = sent();

            line.let(15 * MB);

            await().untilAsserted(() -> assertThat(sent()).isGreaterThan(before + 10));
            assertThat(browser.run("return document.querySelector('.flow').getAttribute('aria-valuetext')"
                + " === document.querySelector('.upload .count').innerText")).as("both say the same at any moment").isEqualTo(true);
            browser.one(".card h2 a").click();
            browser.awaitText("of 40.0 MB sent");
            assertThat(browser.barriers()).isEmpty();
            assertThat(browser.all("[aria-live] .upload, [role=status] .upload")).as("nobody is told of each step").isEmpty();

            line.open();
            browser.awaitText("4 of 15 images");
            await().untilAsserted(() -> assertThat(browser.text()).doesNotContain("MB sent"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private double sent() {
        String words = browser.one(".upload .count").getText();
        return Double.parseDouble(words.substring(0, words.indexOf(' ')));
    }
}
