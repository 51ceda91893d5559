package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupedWritesTest {
    private static final int MANY = 20;

    @TempDir
    Path folder;

    private final AtomicInteger commits = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Jdbi jdbi;
    private GroupedWrites writes;

    @BeforeEach
    void open() {
        jdbi = Jdbi.create(new LedgerFile("jdbc:sqlite:" + folder.resolve("some.db")).writing());
        jdbi.useHandle(h -> h.execute("CREATE TABLE seen (number INTEGER PRIMARY KEY)"));
        writes = new GroupedWrites(jdbi, what -> commits.incrementAndGet());
    }

    @AfterEach
    void close() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void thoseThatComeWhileOneIsUnderWayShareTheNextTransaction() {
        List<CompletableFuture<Integer>> made = afterAnother(number -> () -> writes.make(h -> insert(h, number)));

        assertThat(made).allSatisfy(each -> assertThat(each.join()).isEqualTo(1));
        assertThat(seen()).hasSize(MANY);
        assertThat(commits).as("the one that was under way, and theirs").hasValue(2);
    }

    @Test
    void noneIsForgottenHoweverTheyCome() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int thread = 0; thread < MANY; thread++) {
            int first = thread * 1_000;
            all.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 100; i++) {
                    int number = first + i;
                    writes.make(h -> insert(h, number));
                }
            }, threads));
        }
        all.forEach(each -> each.orTimeout(60, TimeUnit.SECONDS).join());
        assertThat(seen()).hasSize(MANY * 100);
        assertThat(writes.waiting()).isZero();
    }

    /** Who gives the turn back looks whether somebody came meanwhile, and may be long about it. */
    @Test
    void whoeverComesAndGoesWhileTheTurnIsGivenBackLeavesNobodyWaiting() {
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch looked = new CountDownLatch(1);
        CompletableFuture<Integer> inBetween = new CompletableFuture<>();
        writes = new GroupedWrites(jdbi, Commits.UNDISTURBED, new ConcurrentLinkedQueue<>() {
            @Override
            public GroupedWrites.Write<?, ?> peek() {
                // the second look of whoever writes first
                if (looks.incrementAndGet() != 2) {
                    return super.peek();
                }
                threads.execute(() -> inBetween.complete(writes.make(h -> insert(h, 2))));
                await().until(() -> super.peek() != null);
                GroupedWrites.Write<?, ?> seen = super.peek();
                looked.countDown();
                inBetween.orTimeout(60, TimeUnit.SECONDS).join();
                return seen;
            }

            @Override
            public GroupedWrites.Write<?, ?> poll() {
                if (looks.get() >= 2) {
                    untilOpen(looked);
                }
                return super.poll();
            }
        });

        int first = writes.make(h -> insert(h, 1));
        int next = CompletableFuture.supplyAsync(() -> writes.make(h -> insert(h, 3)), threads).orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(first + next).isEqualTo(2);
        assertThat(seen()).hasSize(3);
    }

    private static void untilOpen(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oneThatFailsTakesNoneOfTheOthersWithIt() {
        List<CompletableFuture<Integer>> made = afterAnother(number -> () -> writes.make(h -> {
            insert(h, number);
            if (number == 3) {
                throw new IllegalStateException("not this one");
            }
            // number 5 meets a row that is there
            return number == 5 ? insert(h, 4) + insert(h, 4) : 0;
        }));

        for (int number = 0; number < MANY; number++) {
            if (number == 3 || number == 5) {
                assertThat(made.get(number)).isCompletedExceptionally();
            } else {
                assertThat(made.get(number).join()).isZero();
            }
        }
        assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> made.get(3).join())
            .withCauseInstanceOf(IllegalStateException.class).withMessageContaining("not this one");
        assertThat(seen()).hasSize(MANY - 2).doesNotContain(3, 5);
    }

    @Test
    void thoseOfOneKindAreMadeAtOnceAndOneThatFailsAlone() {
        List<Integer> sizes = new ArrayList<>();
        GroupedWrites.Kind<Integer, Integer> kind = new GroupedWrites.Kind<>((h, numbers) -> {
            sizes.add(numbers.size());
            return numbers.stream().map(number -> {
                insert(h, number);
                if (number == 3) {
                    throw new IllegalStateException("not this one");
                }
                return number * 10;
            }).toList();
        });
        List<CompletableFuture<Integer>> made = afterAnother(number -> () -> writes.make(kind, number));

        assertThat(sizes).startsWith(MANY).hasSize(1 + MANY).endsWith(1);
        for (int number = 0; number < MANY; number++) {
            if (number == 3) {
                assertThat(made.get(number)).isCompletedExceptionally();
            } else {
                assertThat(made.get(number).join()).isEqualTo(number * 10);
            }
        }
        assertThat(seen()).hasSize(MANY - 1).doesNotContain(3);
    }

    @Test
    void whatStopsTheMachineRollsBackTheWholeOfIt() {
        GroupedWrites dying = new GroupedWrites(jdbi, what -> {
            throw new StackOverflowError("stopped");
        });
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> dying.make(h -> insert(h, 1)));
        assertThat(seen()).isEmpty();
        int next = writes.make(h -> insert(h, 1));
        assertThat(next).isEqualTo(1);
    }

    @Test
    void isOnTheDiskWhenTheCallReturns() throws Exception {
        List<CompletableFuture<Boolean>> made = new ArrayList<>();
        for (int number = 0; number < MANY; number++) {
            int mine = number;
            made.add(CompletableFuture.supplyAsync(() -> {
                writes.make(h -> insert(h, mine));
                return seen().contains(mine);
            }, threads));
        }
        assertThat(made).allSatisfy(each -> assertThat(each.join()).isTrue());
    }

    @Test
    void workInsideOfWorkIsOfItsTransaction() {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> writes.make(h -> {
            writes.make(inner -> insert(inner, 1));
            throw new IllegalStateException("after the inner one");
        }));
        assertThat(seen()).isEmpty();
    }

    /** Makes one write that lasts until as many others wait for their turn, and those. */
    private List<CompletableFuture<Integer>> afterAnother(IntFunction<Supplier<Integer>> write) {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> writes.make(h -> {
            begun.countDown();
            return waitFor(over);
        }), threads);
        waitFor(begun);
        List<CompletableFuture<Integer>> others = new ArrayList<>();
        for (int number = 0; number < MANY; number++) {
            int mine = number;
            others.add(CompletableFuture.supplyAsync(() -> write.apply(mine).get(), threads));
        }
        await().until(() -> writes.waiting() == MANY);
        over.countDown();
        first.join();
        CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).exceptionally(failure -> null).join();
        return others;
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int insert(Handle h, int number) {
        return h.execute("INSERT INTO seen (number) VALUES (?)", number);
    }

    private List<Integer> seen() {
        return jdbi.withHandle(h -> h.createQuery("SELECT number FROM seen").mapTo(Integer.class).list());
    }
}
