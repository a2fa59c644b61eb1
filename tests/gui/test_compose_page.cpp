#include <QAbstractItemView>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <cmath>

#include "tests/gui/work_tests.h"
#include "tests/support/fake_pictures.h"
#include "ui/compose/before_after.h"
#include "ui/compose/compose_page.h"
#include "ui/compose/made_pictures.h"
#include "ui/compose/prompt_edit.h"
#include "ui/compose/recipe.h"
#include "ui/widgets/dropped_files.h"
#include "ui/widgets/picture_grid.h"

using namespace likeness;
using ComposeStage = Stage<ComposePage>;

class TestComposePage : public QObject {
  Q_OBJECT

  static PromptEdit* prompt(ComposeStage& stage) { return stage.find<PromptEdit>("prompt"); }
  static void type(PromptEdit* edit, const QString& text) {
    edit->setFocus();
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, text);
  }

 private Q_SLOTS:
  void typedPlaceholderBecomesOneChip() {
    PromptEdit edit;
    edit.show();
    QTest::keyClicks(&edit, "a photo of a [V] dog");
    QVERIFY(edit.hasSubject());
    QCOMPARE(edit.prompt(), QString("a photo of a [V] dog"));
    QCOMPARE(edit.toPlainText().size(), QString("a photo of a x dog").size());
    // " dog" and the space before it, then one press for the whole chip.
    for (int k = 0; k < 4; ++k) QTest::keyClick(&edit, Qt::Key_Backspace);
    QVERIFY(edit.hasSubject());
    QTest::keyClick(&edit, Qt::Key_Backspace);
    QVERIFY(!edit.hasSubject());
    QCOMPARE(edit.prompt(), QString("a photo of a"));
  }

  void placeholderIsNeverPartOfAWord() {
    PromptEdit edit;
    QTest::keyClicks(&edit, "my[v]dog");
    QCOMPARE(edit.prompt(), QString("my [V] dog"));
  }

  void copyAndPasteKeepThePlaceholder() {
    PromptEdit edit;
    edit.setPrompt("a [V] dog\nin the snow");
    QCOMPARE(edit.prompt(), QString("a [V] dog in the snow"));
    edit.selectAll();
    edit.copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("a [V] dog in the snow"));
    PromptEdit other;
    QGuiApplication::clipboard()->setText("two\nlines of [V]");
    other.paste();
    QCOMPARE(other.prompt(), QString("two lines of [V]"));
    QVERIFY(other.hasSubject());
  }

  void undoTakesTypingBack() {
    PromptEdit edit;
    QTest::keyClicks(&edit, "x [V]");
    QVERIFY(edit.hasSubject());
    edit.undo();
    QVERIFY(!edit.hasSubject());
    edit.redo();
    QVERIFY(edit.hasSubject());
  }

  void enterMakesPicturesWithTheSettings() {
    ComposeStage stage(true);
    stage.open();
    type(prompt(stage), "a photo of a [V] dog in the grass");
    stage.find<QSpinBox>("steps")->setValue(12);
    stage.find<QSpinBox>("count")->setValue(3);
    stage.find<QLineEdit>("negative")->setText("blurry");
    QCOMPARE(stage.find<QPushButton>("make")->text(), QString("Make 3"));
    QTest::keyClick(prompt(stage), Qt::Key_Return);
    QTRY_COMPARE(stage.backend.countOf<Sample>(), 1);
    const auto* sample = stage.backend.last<Sample>();
    QCOMPARE(sample->prompt, std::string("a photo of a [V] dog in the grass"));
    QCOMPARE(sample->negative, std::string("blurry"));
    QCOMPARE(sample->steps, 12);
    QCOMPARE(sample->count, 3);
    QVERIFY(sample->compareWithBase);
    QCOMPARE(sample->weights, WhichWeights::Best);
    QCOMPARE(sample->width, 128);
  }

  void picturesComeInWithTheirBefore() {
    ComposeStage stage(true);
    stage.open();
    stage.find<QSpinBox>("steps")->setValue(2);
    stage.click("make");
    auto* batch = stage.find<QAbstractItemView>("batch");
    QCOMPARE(batch->model()->rowCount(), 4);
    QVERIFY(batch->model()->index(3, 0).data(PictureModel::PlaceholderRole).toBool());
    auto* big = stage.find<BeforeAfter>("bigPicture");
    QTRY_VERIFY(big->hasPicture() && big->hasBefore());
    QTRY_VERIFY(stage.session.runningJob() == 0);
    QCOMPARE(batch->model()->rowCount(), 4);
    QVERIFY(!batch->model()->index(3, 0).data(PictureModel::PlaceholderRole).toBool());
    QVERIFY(stage.find<QWidget>("recipe")->isVisible());
    QTest::keyClick(big, Qt::Key_Right);
    QVERIFY(big->divider() > 0.5);
    const auto frame = big->pictureRect();
    const QPoint at(int(frame.left() + frame.width() * big->divider()), int(frame.center().y()));
    QTest::mousePress(big, Qt::LeftButton, {}, at);
    QTest::mouseMove(big, QPoint(int(frame.left() + frame.width() * 0.25), at.y()));
    QTest::mouseRelease(big, Qt::LeftButton, {}, at);
    QTRY_VERIFY(std::abs(big->divider() - 0.25) < 0.02);
    QVERIFY(stage.find<QAbstractItemView>("earlier")->model()->rowCount() >= 4);
  }

  void wholeBatchIsInSight_data() {
    QTest::addColumn<int>("count");
    for (const int count : {1, 2, 4, 7, 16}) QTest::newRow(qPrintable(QString::number(count))) << count;
  }
  void wholeBatchIsInSight() {
    QFETCH(int, count);
    ComposeStage stage(true);
    stage.open();
    stage.find<QSpinBox>("steps")->setValue(1);
    stage.find<QSpinBox>("count")->setValue(count);
    stage.click("make");
    QTRY_VERIFY(stage.backend.countOf<Sample>() == 1 && stage.session.runningJob() == 0);
    auto* batch = stage.find<PictureGrid>("batch");
    QTRY_COMPARE(batch->columns(), int(std::ceil(std::sqrt(count))));
    QTest::qWait(150);
    const auto last = batch->visualRect(batch->model()->index(count - 1, 0));
    QVERIFY(last.isValid());
    QVERIFY2(batch->viewport()->rect().adjusted(0, 0, 12, 12).contains(last), qPrintable(QString("%1 %2").arg(last.bottom()).arg(batch->height())));
  }

  void seedStaysOnlyWhenLocked() {
    ComposeStage stage(true);
    stage.backend.setManual(true);
    stage.open();
    stage.click("make");
    const auto first = stage.backend.last<Sample>()->seed;
    stage.click("seedLock");
    stage.click("make");
    const auto second = stage.backend.last<Sample>()->seed;
    stage.click("make");
    QCOMPARE(stage.backend.last<Sample>()->seed, second);
    stage.click("seedLock");
    bool other = false;
    for (int k = 0; k < 4; ++k) {
      stage.click("make");
      other |= stage.backend.last<Sample>()->seed != second;
    }
    QVERIFY(other);
    Q_UNUSED(first);
  }

  void typedSeedIsLocked() {
    ComposeStage stage(true);
    stage.open();
    auto* seed = stage.find<QLineEdit>("seed");
    seed->selectAll();
    QTest::keyClicks(seed, "1804");
    QVERIFY(stage.find<QToolButton>("seedLock")->isChecked());
    stage.click("make");
    QCOMPARE(stage.backend.last<Sample>()->seed, 1804u);
  }

  void startersFillInPromptsForTheClass() {
    ComposeStage stage(true);
    stage.open();
    stage.click("starter3");
    const auto first = prompt(stage)->prompt();
    QVERIFY(first.contains("[V] dog"));
    stage.click("starter3");
    QVERIFY(prompt(stage)->prompt() != first);
  }

  void withoutTheSubjectItSaysSo() {
    ComposeStage stage(true);
    stage.open();
    type(prompt(stage), "a photo of a dog");
    QVERIFY(stage.find<QWidget>("addSubject")->isVisible());
    stage.click("addSubject");
    QVERIFY(prompt(stage)->hasSubject());
    QVERIFY(!stage.find<QWidget>("addSubject")->isVisible());
    type(prompt(stage), " ");
    QVERIFY(!stage.find<QWidget>("make")->isEnabled());
  }

  void leakTestNamesTheClassAlone() {
    ComposeStage stage(true);
    stage.open();
    QVERIFY(stage.find<QPushButton>("leakTest")->text().contains("a dog"));
    stage.click("leakTest");
    QTRY_COMPARE(stage.backend.countOf<Sample>(), 1);
    QCOMPARE(stage.backend.last<Sample>()->prompt, std::string("a photo of a dog"));
  }

  void settingsOfAPictureAreTakenOver() {
    ComposeStage stage(true, 2);
    auto& picture = stage.backend.project().pictures.back();
    picture.recipe =
        R"({"prompt":"a [V] dog on the moon","negative":"text","sampler":"plms","steps":31,"guidance":6.5,"seed":77,)"
        R"("width":128,"height":160,"checkpoint":"/p/runs/run-1/checkpoints/step-200"})";
    stage.open();
    auto* earlier = stage.find<PictureGrid>("earlier");
    earlier->setFocus();
    QTest::mouseClick(earlier->viewport(), Qt::LeftButton, {}, earlier->visualRect(earlier->model()->index(0, 0)).center());
    QVERIFY(stage.find<QWidget>("recipe")->isVisible());
    stage.click("reuse");
    QCOMPARE(prompt(stage)->prompt(), QString("a [V] dog on the moon"));
    QVERIFY(prompt(stage)->hasSubject());
    stage.click("make");
    const auto* sample = stage.backend.last<Sample>();
    QCOMPARE(sample->sampler, std::string("plms"));
    QCOMPARE(sample->steps, 31);
    QCOMPARE(sample->guidance, 6.5);
    QCOMPARE(sample->seed, 77u);
    QCOMPARE(sample->height, 160);
    QCOMPARE(sample->weights, WhichWeights::Step);
    QCOMPARE(sample->checkpointStep, 200);
  }

  void picturesDragOutAsFiles() {
    ComposeStage stage(true, 2);
    stage.open();
    auto* model = stage.find<QAbstractItemView>("earlier")->model();
    QVERIFY(model->rowCount() >= 2);
    QVERIFY(model->flags(model->index(0, 0)) & Qt::ItemIsDragEnabled);
    const std::unique_ptr<QMimeData> data(model->mimeData({model->index(0, 0)}));
    QCOMPARE(data->urls().size(), 1);
    QVERIFY(QFileInfo::exists(data->urls().front().toLocalFile()));
    QVERIFY(isMadePicture(data.get()));
  }

  void brokenRecipesAreNoRecipes() {
    for (const char* text : {"", "{", "[1]", "null", "\xff\xfe"}) QVERIFY(!sampleFromRecipe(text));
    const auto sample = sampleFromRecipe(R"({"steps":"many","seed":-1,"prompt":5,"checkpoint":null})");
    QVERIFY(sample && sample->steps == Sample().steps && sample->weights == WhichWeights::Base);
  }

  void untrainedItSaysWhereThePicturesComeFrom() {
    ComposeStage stage;
    stage.open();
    QVERIFY(stage.find<QLabel>("pageLead")->isVisible());
    stage.click("make");
    QVERIFY(!stage.backend.last<Sample>()->compareWithBase);
  }
};

int runComposePageTests(int argc, char** argv) {
  TestComposePage test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_compose_page.moc"
