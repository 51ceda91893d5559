package org.dropfolder;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What is small can be read at once. */
class SizesTest {
    private static final int CLASS = 300;
    private static final int METHOD = 30;
    private static final int PARAMETERS = 5;

    @Test
    void holdsNoClassLongerThan300Lines() throws IOException {
        assertThat(findings((measure, tree) -> tree instanceof ClassTree && measure.lines(tree) > CLASS)).isEmpty();
    }

    @Test
    void holdsNoMethodLongerThan30Lines() throws IOException {
        assertThat(findings((measure, tree) -> tree instanceof MethodTree && measure.lines(tree) > METHOD)).isEmpty();
    }

    /** Records are only data, and have as many parts as their subject. */
    @Test
    void holdsNoConstructorOfMoreThanFiveArgumentsButInRecords() throws IOException {
        assertThat(findings((measure, tree) -> tree instanceof MethodTree method && method.getReturnType() == null
                && method.getParameters().size() > PARAMETERS && !measure.inRecord())).isEmpty();
    }

    private interface Rule {
        boolean broken(Measure measure, Tree tree);
    }

    /** What breaks the rule in any source, by file and line. */
    private static List<String> findings(Rule rule) throws IOException {
        List<String> findings = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> java = sources.filter(path -> path.toString().endsWith(".java")).toList();
            assertThat(java).isNotEmpty();
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(java));
            for (CompilationUnitTree unit : task.parse()) {
                new Measure(unit, Trees.instance(task).getSourcePositions(), rule, findings).scan(unit, null);
            }
        }
        return findings;
    }

    /** Walks through a source. */
    private static final class Measure extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final Rule rule;
        private final List<String> findings;

        Measure(CompilationUnitTree unit, SourcePositions positions, Rule rule, List<String> findings) {
            this.unit = unit;
            this.positions = positions;
            this.rule = rule;
            this.findings = findings;
        }

        long lines(Tree tree) {
            return line(positions.getEndPosition(unit, tree)) - line(positions.getStartPosition(unit, tree)) + 1;
        }

        /** Whether the method that is judged is one of a record. */
        boolean inRecord() {
            return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            judge(tree);
            return super.visitClass(tree, nothing);
        }

        @Override
        public Void visitMethod(MethodTree tree, Void nothing) {
            judge(tree);
            return super.visitMethod(tree, nothing);
        }

        private void judge(Tree tree) {
            if (rule.broken(this, tree)) {
                findings.add(unit.getSourceFile().getName() + ":" + line(positions.getStartPosition(unit, tree))
                        + ", " + lines(tree) + " lines");
            }
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
