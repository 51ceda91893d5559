package org.dropfolder;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.dropfolder.ledger.LedgerFile;
import org.dropfolder.route.InboxLocation;
import org.dropfolder.route.QuietFiles;

/** The walls between the rooms: who may use whom, and who alone knows what. */
@AnalyzeClasses(packages = "org.dropfolder", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    private static final String[] WITHOUT_CAMEL = {"org.dropfolder.image..", "org.dropfolder.ideogram..",
        "org.dropfolder.ledger..", "org.dropfolder.store..", "org.dropfolder.folder..", "org.dropfolder.preflight..", "org.dropfolder.pipeline..", "org.dropfolder.status..",
        "org.dropfolder.simulator.."};

    @ArchTest
    static final ArchRule useOnlyWhatThePlanAllows = Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("image").definedBy("org.dropfolder.image..")
            .layer("ideogram").definedBy("org.dropfolder.ideogram..")
            .layer("ledger").definedBy("org.dropfolder.ledger..")
            .layer("store").definedBy("org.dropfolder.store..")
            .layer("pipeline").definedBy("org.dropfolder.pipeline..")
            .layer("folder").definedBy("org.dropfolder.folder..")
            .layer("preflight").definedBy("org.dropfolder.preflight..")
            .layer("status").definedBy("org.dropfolder.status..")
            .layer("route").definedBy("org.dropfolder.route..")
            .layer("simulator").definedBy("org.dropfolder.simulator..")
            .layer("server").definedBy("org.dropfolder.server..")
            .layer("demo").definedBy("org.dropfolder.demo..")
            .layer("cli").definedBy("org.dropfolder.cli..")
            .whereLayer("image").mayNotAccessAnyLayer()
            .whereLayer("ideogram").mayNotAccessAnyLayer()
            .whereLayer("ledger").mayNotAccessAnyLayer()
            .whereLayer("store").mayOnlyAccessLayers("image")
            .whereLayer("folder").mayOnlyAccessLayers("image", "ledger")
            .whereLayer("preflight").mayOnlyAccessLayers("image", "ledger")
            .whereLayer("pipeline").mayOnlyAccessLayers("image", "ideogram", "ledger", "store", "folder", "preflight")
            .whereLayer("status").mayOnlyAccessLayers("ledger", "folder", "preflight")
            // image: the file filter asks whether a name is junk
            .whereLayer("route").mayOnlyAccessLayers("pipeline", "status", "image")
            .whereLayer("simulator").mayNotAccessAnyLayer()
            .whereLayer("server").mayOnlyBeAccessedByLayers("demo", "cli")
            .whereLayer("demo").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("cli").mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule standInOneOfTheThirteen = classes().should().resideInAnyPackage("org.dropfolder.image",
            "org.dropfolder.ideogram", "org.dropfolder.ledger", "org.dropfolder.store", "org.dropfolder.folder", "org.dropfolder.preflight", "org.dropfolder.pipeline",
            "org.dropfolder.status", "org.dropfolder.route", "org.dropfolder.simulator", "org.dropfolder.server",
            "org.dropfolder.demo", "org.dropfolder.cli");

    @ArchTest
    static final ArchRule runInNoCircle = slices().matching("org.dropfolder.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule knowNoCamelWhereRulesAre =
            noClasses().that().resideInAnyPackage(WITHOUT_CAMEL).should().dependOnClassesThat(resideInAnyPackage("org.apache.camel.."));

    @ArchTest
    static final ArchRule knowAnExchangeInRouteAlone =
            noClasses().that(resideOutsideOfPackages("org.dropfolder.route..")).should().dependOnClassesThat().areAssignableTo(Exchange.class);

    /**
     * Beside the store: the settings and their checks before the start, the command line, the simulator's own journal, the
     * ledger's own file, the demo, which drops files as a person does, and the filter that sees files as Camel shows them.
     */
    @ArchTest
    static final ArchRule namePathsInTheStoreAlone =
            noClasses().that(resideOutsideOfPackages("org.dropfolder.store..", "org.dropfolder.server..", "org.dropfolder.cli..",
                "org.dropfolder.simulator..", "org.dropfolder.demo.."))
                    .and().doNotBelongToAnyOf(QuietFiles.class, InboxLocation.class, LedgerFile.class)
                    .should().dependOnClassesThat().belongToAnyOf(Path.class, Paths.class, Files.class, File.class);

    @ArchTest
    static final ArchRule keepJdbcInTheLedger = noClasses().that(resideOutsideOfPackages("org.dropfolder.ledger.."))
            .should().dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.sqlite..", "com.zaxxer..",
                "org.flywaydb.."));

    @ArchTest
    static final ArchRule talkToPeopleOnlyThroughTheLog =
            noClasses().that(resideOutsideOfPackages("org.dropfolder.cli..")).should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule logThroughOneDoor = noClasses().should(USE_JAVA_UTIL_LOGGING);

    @ArchTest
    static final ArchRule takeTheTimeFromAClock = noClasses()
            .that(resideInAnyPackage("org.dropfolder.ledger..", "org.dropfolder.pipeline..", "org.dropfolder.route..",
                "org.dropfolder.status.."))
            .should().callMethod(System.class, "currentTimeMillis").orShould().callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule neverSleep = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
