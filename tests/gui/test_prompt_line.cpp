// The prompt line: chips of several subjects, weights, completion, its length; and the grid of settings.
#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include "tests/gui/work_tests.h"
#include "ui/compose/before_after.h"
#include "ui/compose/compose_page.h"
#include "ui/compose/grid_builder.h"
#include "ui/compose/grid_table.h"
#include "ui/compose/picture_stage.h"
#include "ui/compose/prompt_edit.h"
#include "ui/widgets/notice_banner.h"
#include "ui/widgets/picture_model.h"

using namespace likeness;
using LineStage = Stage<ComposePage>;

class TestPromptLine : public QObject {
  Q_OBJECT

  static void select(PromptEdit& edit, int from, int to) {
    QTextCursor cursor = edit.textCursor();
    cursor.setPosition(from);
    cursor.setPosition(to, QTextCursor::KeepAnchor);
    edit.setTextCursor(cursor);
  }

 private Q_SLOTS:
  void everySubjectHasItsChip() {
    PromptEdit edit;
    edit.setSubjects(2);
    edit.show();
    QTest::keyClicks(&edit, "[V] and [v2]dog");
    QCOMPARE(edit.prompt(), QString("[V] and [V2] dog"));
    QCOMPARE(edit.toPlainText().count(QChar::ObjectReplacementCharacter), 2);
    edit.selectAll();
    edit.copy();
    PromptEdit other;
    other.paste();
    QCOMPARE(other.prompt(), QString("[V] and [V2] dog"));
  }

  void weightsGoUpAndDown() {
    PromptEdit edit;
    edit.show();
    edit.setPrompt("a [V] dog in the snow");
    const int snow = edit.toPlainText().indexOf("snow");
    select(edit, snow, snow + 4);
    QTest::keyClick(&edit, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(edit.prompt(), QString("a [V] dog in the (snow:1.1)"));
    QTest::keyClick(&edit, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(edit.prompt(), QString("a [V] dog in the (snow:1.2)"));
    for (int k = 0; k < 3; ++k) QTest::keyClick(&edit, Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(edit.prompt(), QString("a [V] dog in the (snow:0.9)"));
    QTest::keyClick(&edit, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(edit.prompt(), QString("a [V] dog in the snow"));
    // Without a selection the word at the cursor; a chip stays one.
    select(edit, 3, 3);
    QTest::keyClick(&edit, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(edit.prompt(), QString("a ([V]:1.1) dog in the snow"));
    edit.undo();
    QCOMPARE(edit.prompt(), QString("a [V] dog in the snow"));
  }

  void wordsAndSubjectsAreCompleted() {
    PromptEdit edit;
    edit.setSubjects(2);
    edit.show();
    QTest::keyClicks(&edit, "a dog at suns");
    auto* popup = edit.completion()->popup();
    QVERIFY(popup->isVisible());
    QCOMPARE(popup->model()->index(0, 0).data().toString(), QString("sunset"));
    QTest::keyClick(&edit, Qt::Key_Tab);
    QCOMPARE(edit.prompt(), QString("a dog at sunset"));
    QVERIFY(!popup->isVisible());
    QTest::keyClicks(&edit, " with [");
    QVERIFY(popup->isVisible());
    QCOMPARE(popup->model()->rowCount(), 2);
    QTest::keyClick(&edit, Qt::Key_Tab);
    QCOMPARE(edit.prompt(), QString("a dog at sunset with [V]"));
    // Enter without a choice makes the picture.
    QSignalSpy submitted(&edit, &PromptEdit::submitted);
    QTest::keyClicks(&edit, " mou");
    QVERIFY(popup->isVisible());
    QTest::keyClick(&edit, Qt::Key_Return);
    QCOMPARE(submitted.size(), 1);
    QVERIFY(!popup->isVisible());
  }

  void lengthIsAskedForAndShown() {
    LineStage stage(true);
    stage.open();
    auto* edit = stage.find<PromptEdit>("prompt");
    auto* length = stage.find<QLabel>("promptLength");
    edit->setPrompt("a photo of a [V] dog");
    QTRY_COMPARE(length->text(), QString("6 of 75"));
    edit->setPrompt(QString("word ").repeated(80));
    QTRY_COMPARE(length->text(), QString("80 of 150"));
    QCOMPARE(length->property("tone").toString(), QString("warning"));
    const int asked = stage.backend.countOf<MeasurePrompt>();
    QTest::keyClicks(edit, "and more");  // typing asks once it rests, not at every letter
    QTRY_COMPARE(stage.backend.countOf<MeasurePrompt>(), asked + 1);
  }

  void leakTestSaysHowToReadIt() {
    LineStage stage(true);
    stage.open();
    auto* reading = stage.find<NoticeBanner>("reading");
    QVERIFY(!reading->isVisible());
    stage.click("leakTest");
    QVERIFY(reading->isVisible());
    QVERIFY(reading->sentence().contains("dog"));
    stage.click("make");
    QVERIFY(!reading->isVisible());
  }

  void gridIsBuiltMadeAndOpened() {
    LineStage stage(true);
    stage.open();
    stage.find<QSpinBox>("steps")->setValue(2);
    stage.click("openGrid");
    auto* columns = stage.find<QComboBox>("gridColumns");
    auto* rows = stage.find<QComboBox>("gridRows");
    auto* values = stage.find<QLineEdit>("gridColumnsValues");
    QVERIFY(values->isVisible());
    values->selectAll();
    QTest::keyClicks(values, "2, 4, 8");
    rows->setFocus();
    rows->setCurrentIndex(rows->findData("seed"));
    Q_EMIT rows->activated(rows->currentIndex());
    QCOMPARE(columns->currentData().toString(), QString("guidance"));
    QCOMPARE(stage.find<QPushButton>("make")->text(), QString("Make 12"));
    auto* table = stage.find<GridTable>("gridTable");
    QCOMPARE(table->columns(), 3);
    QCOMPARE(table->rows(), 4);
    stage.click("make");
    QTRY_COMPARE(stage.backend.countOf<Sample>(), 1);
    const auto* sample = stage.backend.last<Sample>();
    QCOMPARE(sample->grid.size(), std::size_t(2));
    QCOMPARE(sample->grid[0].values, (std::vector<std::string>{"2", "4", "8"}));
    QCOMPARE(sample->grid[1].setting, std::string("seed"));
    QCOMPARE(sample->count, 1);
    QVERIFY(!sample->compareWithBase);
    QTRY_VERIFY(stage.find<QWidget>("openSheet")->isVisible());
    QCOMPARE(table->pictures(), 12);
    QTest::mouseClick(table, Qt::LeftButton, {}, table->cellRect(5).center().toPoint());
    QVERIFY(stage.find<QWidget>("pictureViewer")->isVisible());
    QTest::keyClick(stage.find<QWidget>("pictureViewer"), Qt::Key_Escape);
    QTest::keyClick(table, Qt::Key_Escape);
    QVERIFY(!table->isVisible());
  }

  void badAxesSayWhatIsWrong() {
    LineStage stage(true);
    stage.open();
    stage.click("openGrid");
    auto* values = stage.find<QLineEdit>("gridColumnsValues");
    values->selectAll();
    QTest::keyClicks(values, "many");
    QVERIFY(stage.find<QLabel>("gridSays")->text().contains("many"));
    QVERIFY(!stage.find<QWidget>("make")->isEnabled());
    stage.click("closeGrid");
    QVERIFY(stage.find<QWidget>("make")->isEnabled());
  }

  void theStageShowsPicturesInTheMaking() {
    LineStage stage(true);
    stage.open();
    stage.backend.setManual(true);
    stage.find<QSpinBox>("steps")->setValue(20);
    stage.click("make");
    QTRY_VERIFY(stage.session.runningJob() != 0);
    const JobId job = stage.session.runningJob();
    auto rough = std::make_shared<Image>(Image{8, 8, std::vector<std::uint8_t>(192, 90)});
    stage.backend.send(job, PictureProgress{0, 5, 20, false, {rough, rough}});
    auto* big = stage.find<BeforeAfter>("bigPicture");
    QVERIFY(big->hasPicture());
    QCOMPARE(big->picture().size(), QSize(8, 8));
    auto* batch = stage.find<QAbstractItemView>("batch");
    QVERIFY(!batch->model()->index(1, 0).data(Qt::DecorationRole).value<QImage>().isNull());
    QVERIFY(batch->model()->index(2, 0).data(Qt::DecorationRole).value<QImage>().isNull());
    QVERIFY(!stage.find<QWidget>("startFromThis")->isEnabled());
    QVERIFY(stage.find<QWidget>("stopMaking")->isVisible());
    stage.click("stopMaking");
    QTRY_COMPARE(stage.session.runningJob(), JobId(0));
    QVERIFY(!big->hasPicture());
    QVERIFY(!stage.find<QWidget>("stopMaking")->isVisible());
    QCOMPARE(batch->model()->rowCount(), 0);
  }
};

int runPromptLineTests(int argc, char** argv) {
  TestPromptLine test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_prompt_line.moc"
