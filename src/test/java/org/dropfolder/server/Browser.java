package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The system's Chromium, without a window, as a person uses it; it remembers what it asked for and what it complained of. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PROGRAMS = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> DRIVERS = List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver",
        "/usr/lib/chromium-browser/chromedriver");

    private final ChromeDriver driver;

    /** @param profile a new folder for what it keeps */
    Browser(Path profile) throws IOException {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(first(PROGRAMS).orElseThrow().toFile());
        options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            "--lang=en-US", "--window-size=1280,900", "--user-data-dir=" + Files.createDirectories(profile));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
            .usingDriverExecutable(first(DRIVERS).orElseThrow().toFile()).build();
        driver = new ChromeDriver(service, options);
    }

    /** Whether browser and driver are installed. */
    static boolean isThere() {
        return first(PROGRAMS).isPresent() && first(DRIVERS).isPresent();
    }

    private static Optional<Path> first(List<String> places) {
        return places.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    void open(String url) {
        driver.get(url);
    }

    String address() {
        return driver.getCurrentUrl();
    }

    /** All that can be read now. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Waits for such an element that is seen. */
    WebElement one(String selector) {
        await().atMost(PATIENCE).ignoreExceptions()
            .until(() -> all(selector).stream().anyMatch(WebElement::isDisplayed));
        return all(selector).stream().filter(WebElement::isDisplayed).findFirst().orElseThrow();
    }

    void awaitText(String words) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(text()).contains(words));
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    /** Types into whatever has the focus. */
    void press(CharSequence keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** What has the focus, as people would call it. */
    String focused() {
        return (String) run("const e = document.activeElement; return e.getAttribute('aria-label') || e.textContent.trim() || e.tagName;");
    }

    /** Lets a file of this machine be dragged onto an element and dropped there, as a hand would. */
    void drop(String selector, Path... files) {
        WebElement element = one(selector);
        run("document.querySelector('" + selector + "').scrollIntoView({block: 'center'})");
        Map<String, Object> place = castMap(driver.executeScript("const r = arguments[0].getBoundingClientRect();"
            + "return {x: r.x + r.width / 2, y: r.y + r.height / 2}", element));
        Map<String, Object> data = Map.of("items", List.of(), "files", Stream.of(files).map(Path::toString).toList(), "dragOperationsMask", 1);
        for (String step : List.of("dragEnter", "dragOver", "drop")) {
            driver.executeCdpCommand("Input.dispatchDragEvent",
                Map.of("type", step, "x", place.get("x"), "y", place.get("y"), "data", data));
        }
    }

    /** From now on files are asked for without a window that nobody could see. */
    void holdChooser() {
        driver.executeCdpCommand("Page.setInterceptFileChooserDialog", Map.of("enabled", true));
    }

    /** Whether the page asked for files since its requests were asked for last. */
    boolean asksForFiles() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
            .anyMatch(entry -> entry.getMessage().contains("\"Page.fileChooserOpened\""));
    }

    /** What a page of this address may do, such as {@code clipboard-read}: {@code granted} or {@code denied}. */
    void permit(String origin, String what, String setting) {
        driver.executeCdpCommand("Browser.setPermission", Map.of("permission", Map.of("name", what), "setting", setting, "origin", origin));
    }

    /** What the script, which calls {@code done}, comes to. */
    Object runUntilDone(String script) {
        return driver.executeAsyncScript("const done = arguments[0]; " + script);
    }

    /** Requests for such addresses fail as if nothing answered. */
    void block(String... addresses) {
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
    }

    /** A picture of all that is seen. */
    byte[] shot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> castMap(Object map) {
        return (Map<String, Object>) map;
    }

    void prefer(String scheme) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void resize(int width, int height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** What is serious, of what a checker of accessibility finds. */
    List<?> barriers() throws IOException {
        try (var script = Browser.class.getResourceAsStream("/axe.min.js")) {
            run(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>) driver.executeAsyncScript("const done = arguments[0]; axe.run().then(found => done(found.violations"
            + ".filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.html + n.failureSummary).join(' '))))");
    }

    /** What it complained of since this was asked last. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
    }

    /** The addresses that it asked for since this was asked last; those of its own first page aside. */
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream().map(LogEntry::getMessage)
            .filter(entry -> entry.contains("\"Network.requestWillBeSent\""))
            .flatMap(entry -> Stream.of(entry.replaceFirst("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1")))
            .filter(address -> !address.startsWith("chrome:")).toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
