#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "tests/gui/work_tests.h"
#include "ui/exporting/export_page.h"
#include "ui/widgets/qimage.h"

using namespace likeness;
using ExportStage = Stage<ExportPage>;

class TestExportPage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void untrainedItLeadsToTraining() {
    ExportStage stage;
    stage.open();
    QVERIFY(!stage.find<QWidget>("writeModel")->isVisible());
    QSignalSpy asked(&stage.page, &Page::pageRequested);
    stage.click("toTraining");
    QCOMPARE(asked.value(0).value(0).toString(), QString("training"));
  }

  void writesTheBestByItself() {
    ExportStage stage(true);
    stage.open();
    QTemporaryDir folder;
    stage.find<QLineEdit>("exportDestination")->setText(folder.filePath("biscuit-model"));
    stage.click("writeModel");
    QTRY_COMPARE(stage.backend.countOf<Export>(), 1);
    QCOMPARE(stage.backend.last<Export>()->weights, WhichWeights::Best);
    QCOMPARE(toQString(stage.backend.last<Export>()->out), folder.filePath("biscuit-model"));
    QVERIFY(!stage.find<QWidget>("writeModel")->isEnabled());
    QTRY_VERIFY(stage.page.isDone());
    QVERIFY(stage.find<QLabel>("exportState")->text().contains("biscuit-model"));
    QVERIFY(stage.find<QWidget>("openExport")->isVisible());
    stage.click("copyPrompt");
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("a photo of a sks dog in the snow"));
    stage.click("copyHow");
    QVERIFY(QGuiApplication::clipboard()->text().contains("from_pretrained"));
  }

  void anyStepCanBeChosen() {
    ExportStage stage(true);
    stage.open();
    auto* steps = stage.find<QComboBox>("exportStep");
    QCOMPARE(steps->itemText(0), QString("The best, step 300"));
    QCOMPARE(steps->itemText(1), QString("The last, step 400"));
    steps->setCurrentIndex(steps->findText("Step 200"));
    stage.click("writeModel");
    QCOMPARE(stage.backend.last<Export>()->weights, WhichWeights::Step);
    QCOMPARE(stage.backend.last<Export>()->checkpointStep, 200);
  }

  void nothingIsOverwritten() {
    ExportStage stage(true);
    stage.open();
    QTemporaryDir folder;
    QFile(folder.filePath("mine.txt")).open(QIODevice::WriteOnly);
    stage.find<QLineEdit>("exportDestination")->setText(folder.path());
    QVERIFY(!stage.find<QWidget>("writeModel")->isEnabled());
    QVERIFY(stage.find<QLabel>("exportWhat")->text().contains("already holds"));
    stage.find<QLineEdit>("exportDestination")->clear();
    QVERIFY(!stage.find<QWidget>("writeModel")->isEnabled());
  }

  void onlyPlacesThatTakeTheModelAreOffered() {
    ExportStage embedded(true);
    embedded.open();
    QVERIFY(embedded.find<QWidget>("target_diffusers"));
    QVERIFY(embedded.find<QWidget>("target_likeness"));
    for (const char* place : {"target_a1111", "target_comfyui", "target_invokeai"}) {
      QVERIFY(!embedded.find<QWidget>(place));
    }
    ExportStage own(true);
    own.backend.project().model = "/models/sd15";
    own.open();
    for (const char* place : {"target_a1111", "target_comfyui", "target_invokeai"}) QVERIFY(own.find<QWidget>(place));
    own.click("target_likeness");
    QVERIFY(own.find<QLabel>("exportHow")->text().contains("new project") ||
            own.find<QLabel>("exportHow")->text().contains("begin a project"));
  }

  void aPlaceThatTakesOneFileGetsOne() {
    ExportStage stage(true);
    stage.backend.project().model = "/models/sd15";
    stage.open();
    auto* destination = stage.find<QLineEdit>("exportDestination");
    stage.click("target_diffusers");
    QVERIFY(destination->text().endsWith("-model"));
    stage.click("target_comfyui");
    QVERIFY(destination->text().endsWith(".safetensors"));
    QTemporaryDir folder;
    const auto file = folder.filePath("biscuit.safetensors");
    destination->setText(file);
    stage.click("writeModel");
    QTRY_VERIFY(stage.page.isDone());
    QCOMPARE(stage.backend.last<Export>()->format, ModelFormat::SingleFile);
    QCOMPARE(stage.backend.last<Export>()->dtype, std::string("fp16"));
    QCOMPARE(toQString(stage.backend.last<Export>()->out), file);
    stage.click("target_a1111");
    QFile(file).open(QIODevice::WriteOnly);
    destination->setText({});
    destination->setText(file);
    QVERIFY(stage.find<QLabel>("exportWhat")->text().contains("such a file"));
    QVERIFY(!stage.find<QWidget>("writeModel")->isEnabled());
    stage.click("target_diffusers");
    QCOMPARE(destination->text(), file);  // what somebody wrote stays
  }

  void whatWasLearntAsALoraIsWrittenAsOne() {
    ExportStage stage(true);
    stage.backend.project().model = "/models/sd15";
    stage.backend.project().train.method = TrainMethod::Lora;
    stage.open();
    QTemporaryDir folder;
    stage.click("target_a1111");
    stage.find<QLineEdit>("exportDestination")->setText(folder.filePath("biscuit.safetensors"));
    QVERIFY(stage.find<QLabel>("exportHow")->text().contains("models/Lora"));
    QVERIFY(stage.find<QLabel>("exportPrompt")->text().endsWith("<lora:biscuit:1>"));
    stage.click("writeModel");
    QTRY_VERIFY(stage.page.isDone());
    QVERIFY(stage.backend.last<Export>()->lora == LoraFormat::Kohya);
    stage.click("target_invokeai");
    QVERIFY(!stage.find<QLabel>("exportPrompt")->text().contains("<lora"));
    stage.find<QLineEdit>("exportDestination")->setText(folder.filePath("other.safetensors"));
    stage.click("writeModel");
    QTRY_VERIFY(stage.backend.last<Export>()->lora == LoraFormat::Peft);
    QTRY_VERIFY(stage.find<QWidget>("target_diffusers")->isEnabled());  // written
    stage.click("target_diffusers");                                     // the whole model, merged
    stage.find<QLineEdit>("exportDestination")->setText(folder.filePath("whole"));
    stage.click("writeModel");
    QTRY_VERIFY(!stage.backend.last<Export>()->lora);
  }

  void aLearntWordIsWrittenAlone() {
    ExportStage stage(true);
    stage.backend.project().model = "/models/sd15";
    stage.backend.project().train.method = TrainMethod::TextualInversion;
    stage.open();
    QTemporaryDir folder;
    stage.click("target_comfyui");
    stage.find<QLineEdit>("exportDestination")->setText(folder.filePath("biscuit.safetensors"));
    QVERIFY(stage.find<QLabel>("exportHow")->text().contains("models/embeddings"));
    QVERIFY(stage.find<QLabel>("exportPrompt")->text().contains("embedding:biscuit "));
    stage.click("writeModel");
    QTRY_VERIFY(stage.page.isDone());
    QVERIFY(stage.backend.last<Export>()->embedding && !stage.backend.last<Export>()->lora);
  }

  void failureLeavesTheFormReady() {
    ExportStage stage(true);
    stage.open();
    stage.backend.failNext({ErrorCode::DiskFull, "The disk is full.", {}, {}});
    stage.click("writeModel");
    QTRY_VERIFY(stage.find<QWidget>("writeModel")->isEnabled());
    QVERIFY(!stage.page.isDone());
  }
};

int runExportPageTests(int argc, char** argv) {
  TestExportPage test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_export_page.moc"
