package org.dropfolder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSyncsTest {
    private static final int MANY = 20;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void close() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void thoseThatComeWhileOneIsUnderWayShareTheNext() {
        FolderSyncs syncs = new FolderSyncs(path -> {
            begun.incrementAndGet();
            CompletableFuture.runAsync(() -> await().until(() -> goOn.getCount() == 0), threads).join();
        });
        CompletableFuture<Void> first = sync(syncs, folder);
        await().until(() -> begun.get() == 1);
        List<CompletableFuture<Void>> others = IntStream.range(0, MANY).mapToObj(i -> sync(syncs, folder)).toList();
        await().until(() -> syncs.waitFor(folder) == MANY + 1);
        assertThat(first).isNotDone();

        goOn.countDown();

        others.forEach(CompletableFuture::join);
        assertThat(begun).as("the first, and one that began after all others came").hasValue(2);
        assertThat(syncs.waitFor(folder)).isZero();
    }

    @Test
    void foldersDoNotWaitForEachOther() {
        FolderSyncs syncs = new FolderSyncs(path -> {
            if (path.equals(folder)) {
                begun.incrementAndGet();
                CompletableFuture.runAsync(() -> await().until(() -> goOn.getCount() == 0), threads).join();
            }
        });
        CompletableFuture<Void> slow = sync(syncs, folder);
        await().until(() -> begun.get() == 1);
        sync(syncs, folder.resolve("other")).join();
        assertThat(slow).isNotDone();
        goOn.countDown();
        slow.join();
    }

    @Test
    void eachReturnsHoweverManyCome() {
        AtomicInteger made = new AtomicInteger();
        FolderSyncs syncs = new FolderSyncs(path -> made.incrementAndGet());
        IntStream.range(0, MANY).mapToObj(i -> CompletableFuture.runAsync(() ->
            IntStream.range(0, 500).forEach(each -> syncs.sync(folder)), threads)).toList().forEach(CompletableFuture::join);
        assertThat(made.get()).isBetween(500, MANY * 500);
    }

    @Test
    void aFolderThatCantBeSyncedIsNoFailure() {
        new FolderSyncs().sync(folder.resolve("gone"));
        new FolderSyncs().sync(folder);
    }

    private CompletableFuture<Void> sync(FolderSyncs syncs, Path which) {
        return CompletableFuture.runAsync(() -> syncs.sync(which), threads);
    }
}
