// Painting masks, and the pictures that start from a picture.
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>
#include <QWheelEvent>
#include <cmath>

#include "tests/gui/work_tests.h"
#include "tests/support/fake_pictures.h"
#include "ui/compose/compose_page.h"
#include "ui/compose/source_strip.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/mask_canvas.h"
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/qimage.h"

using namespace likeness;
using PaintStage = Stage<ComposePage>;

class TestMaskPainting : public QObject {
  Q_OBJECT

  static int painted(const QImage& mask) {
    int count = 0;
    for (int y = 0; y < mask.height(); ++y) {
      for (int x = 0; x < mask.width(); ++x) count += mask.constScanLine(y)[x] >= 128 ? 1 : 0;
    }
    return count;
  }
  static QPoint at(const MaskCanvas& canvas, double x, double y) {
    const QRectF frame = canvas.pictureRect();
    return QPointF(frame.left() + frame.width() * x, frame.top() + frame.height() * y).toPoint();
  }
  static void stroke(MaskCanvas& canvas, QPointF from, QPointF to, Qt::MouseButton button = Qt::LeftButton) {
    QTest::mousePress(&canvas, button, {}, at(canvas, from.x(), from.y()));
    QMouseEvent move(QEvent::MouseMove, at(canvas, to.x(), to.y()), canvas.mapToGlobal(at(canvas, to.x(), to.y())),
                     Qt::NoButton, button, {});
    QApplication::sendEvent(&canvas, &move);
    QTest::mouseRelease(&canvas, button, {}, at(canvas, to.x(), to.y()));
  }
  static std::unique_ptr<MaskCanvas> canvasOf(QSize full) {
    auto canvas = std::make_unique<MaskCanvas>();
    canvas->resize(402, 302);
    canvas->setPicture(paintScene(1, 1, 128).scaled(full.scaled(400, 400, Qt::KeepAspectRatio)), full);
    canvas->show();
    return canvas;
  }

 private Q_SLOTS:
  void strokesAreKeptAtFullResolution() {
    const auto canvas = canvasOf({4000, 3000});
    canvas->setBrush(0.1);
    stroke(*canvas, {0.25, 0.5}, {0.75, 0.5});
    QCOMPARE(canvas->mask().size(), QSize(4000, 3000));
    // A capsule: a diameter of a tenth of the shorter side, 2000 pixels long.
    const double expected = 2000.0 * 300 + M_PI * 150 * 150;
    const double off = std::abs(painted(canvas->mask()) / expected - 1);
    QVERIFY2(off < 0.01, qPrintable(QString::number(off)));
    QCOMPARE(int(canvas->mask().constScanLine(1500)[2000]), 255);
    QCOMPARE(int(canvas->mask().constScanLine(1400)[2000]), 255);
    QCOMPARE(int(canvas->mask().constScanLine(1200)[2000]), 0);
  }

  void erasingUndoClearAndInvert() {
    const auto canvas = canvasOf({640, 480});
    stroke(*canvas, {0.2, 0.5}, {0.8, 0.5});
    const QImage first = canvas->mask();
    stroke(*canvas, {0.5, 0.2}, {0.5, 0.8}, Qt::RightButton);
    const QImage second = canvas->mask();
    QVERIFY(painted(second) < painted(first));
    QTest::keyClick(canvas.get(), Qt::Key_E);
    QVERIFY(canvas->isErasing());
    stroke(*canvas, {0.1, 0.5}, {0.4, 0.5});
    QVERIFY(painted(canvas->mask()) < painted(second));
    QTest::keyClick(canvas.get(), Qt::Key_I);
    QCOMPARE(int(canvas->mask().constScanLine(0)[0]), 255);
    QTest::keyClick(canvas.get(), Qt::Key_Delete);
    QVERIFY(canvas->isBlank());
    for (int k = 0; k < 3; ++k) QTest::keySequence(canvas.get(), QKeySequence::Undo);
    QCOMPARE(canvas->mask(), second);
    QTest::keySequence(canvas.get(), QKeySequence::Undo);
    QCOMPARE(canvas->mask(), first);
    QTest::keySequence(canvas.get(), QKeySequence::Redo);
    QCOMPARE(canvas->mask(), second);
    QTest::keyClick(canvas.get(), Qt::Key_E);
    stroke(*canvas, {0.1, 0.1}, {0.2, 0.1});
    QVERIFY(!canvas->canRedo());
  }

  void brushFollowsKeysAndWheel() {
    const auto canvas = canvasOf({640, 480});
    const double start = canvas->brush();
    QTest::keyClick(canvas.get(), Qt::Key_BracketRight);
    const double larger = canvas->brush();
    QVERIFY(larger > start);
    QTest::keyClick(canvas.get(), Qt::Key_BracketLeft);
    QVERIFY(std::abs(canvas->brush() - start) < 1e-9);
    QWheelEvent wheel(QPointF(100, 100), canvas->mapToGlobal(QPointF(100, 100)), {}, {0, 120}, Qt::NoButton, {},
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(canvas.get(), &wheel);
    QVERIFY(canvas->brush() > start);
    for (int k = 0; k < 60; ++k) QTest::keyClick(canvas.get(), Qt::Key_BracketLeft);
    QVERIFY(canvas->brush() >= 0.005);
  }

  void keysAlonePaint() {
    const auto canvas = canvasOf({640, 480});
    QTest::keyClick(canvas.get(), Qt::Key_Space);
    const int dab = painted(canvas->mask());
    QVERIFY(dab > 0);
    for (int k = 0; k < 5; ++k) QTest::keyClick(canvas.get(), Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(painted(canvas->mask()) > dab);
    QTest::keyClick(canvas.get(), Qt::Key_Left);
    QSignalSpy done(canvas.get(), &MaskCanvas::doneRequested);
    QTest::keyClick(canvas.get(), Qt::Key_Escape);
    QCOMPARE(done.size(), 1);
  }

  void enlargedOnePaintsWhereOnePoints() {
    const auto canvas = canvasOf({640, 480});
    QWheelEvent zoom(QPointF(300, 200), canvas->mapToGlobal(QPointF(300, 200)), {}, {0, 480}, Qt::NoButton,
                     Qt::ControlModifier, Qt::NoScrollPhase, false);
    const QPointF before = canvas->toMask({300, 200});
    QApplication::sendEvent(canvas.get(), &zoom);
    const QPointF after = canvas->toMask({300, 200});
    QVERIFY((before - after).manhattanLength() < 1e-6);
    QVERIFY(canvas->pictureRect().width() > 900);
    QTest::mouseClick(canvas.get(), Qt::LeftButton, {}, QPoint(300, 200));
    QCOMPARE(int(canvas->mask().constScanLine(int(before.y()))[int(before.x())]), 255);
  }

  void tintIsSeenWhereItIsPainted() {
    const auto canvas = canvasOf({640, 480});
    const QImage before = canvas->grab().toImage();
    stroke(*canvas, {0.3, 0.5}, {0.7, 0.5});
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(canvas.get(), &leave);
    const QImage after = canvas->grab().toImage();
    QVERIFY(before.pixel(at(*canvas, 0.5, 0.5)) != after.pixel(at(*canvas, 0.5, 0.5)));
    QCOMPARE(before.pixel(at(*canvas, 0.5, 0.1)), after.pixel(at(*canvas, 0.5, 0.1)));
  }

  void picturesStartFromAPicture() {
    PaintStage stage(true, 2);
    stage.open();
    QTRY_VERIFY(stage.find<QWidget>("startFromThis")->isEnabled());
    stage.click("startFromThis");
    QVERIFY(stage.find<QWidget>("sourceStrip")->isVisible());
    QVERIFY(!stage.find<QWidget>("size")->isEnabled());
    auto* strength = stage.find<QSlider>("strength");
    strength->setFocus();
    QTest::keyClick(strength, Qt::Key_Home);
    for (int k = 0; k < 4; ++k) QTest::keyClick(strength, Qt::Key_PageUp);
    stage.click("make");
    const auto* sample = stage.backend.last<Sample>();
    QCOMPARE(sample->from, stage.backend.project().pictures.back().file);
    QVERIFY(std::abs(sample->strength - 0.41) < 1e-6);
    QVERIFY(sample->mask.empty());
    QCOMPARE(sample->width, 0);
    stage.click("clearSource");
    QVERIFY(!stage.find<QWidget>("sourceStrip")->isVisible());
    stage.click("make");
    QVERIFY(stage.backend.last<Sample>()->from.empty());
    QCOMPARE(stage.backend.last<Sample>()->width, 128);
  }

  void onlyThePaintedPartChanges() {
    PaintStage stage(true, 1);
    stage.open();
    QTRY_VERIFY(stage.find<QWidget>("startFromThis")->isEnabled());
    stage.click("startFromThis");
    stage.click("paintMask");
    auto* canvas = stage.find<MaskCanvas>("maskCanvas");
    QTRY_VERIFY(canvas->isVisible() && canvas->hasPicture());
    stroke(*canvas, {0.3, 0.3}, {0.6, 0.3});
    QVERIFY(stage.find<ElidedLabel>("sourceName")->fullText().contains("painted part"));
    QVERIFY(stage.find<QToolButton>("maskUndo")->isEnabled());
    stage.click("maskInvert");
    stage.click("maskUndo");
    stage.click("make");
    const auto* sample = stage.backend.last<Sample>();
    const QImage mask(toQString(sample->mask));
    QCOMPARE(mask.size(), QImage(toQString(sample->from)).size());
    QCOMPARE(mask.convertToFormat(QImage::Format_Grayscale8), canvas->mask());
    QVERIFY(!canvas->isVisible());  // the stage shows what comes
    // The mask stays for the next ones, until it is cleared.
    stage.click("paintMask");
    QVERIFY(!canvas->isBlank());
    stage.click("maskClear");
    stage.click("maskDone");
    stage.click("make");
    QVERIFY(stage.backend.last<Sample>()->mask.empty());
    QVERIFY(!stage.backend.last<Sample>()->from.empty());
  }

  void photosOfTheSubjectAreOffered() {
    PaintStage stage(true, 1, 2);
    stage.open();
    auto* menu = stage.find<QToolButton>("startFrom")->menu();
    Q_EMIT menu->aboutToShow();
    QAction* photo = nullptr;
    for (auto* action : menu->findChildren<QAction*>()) {
      if (action->text() == QString("01.jpg")) photo = action;
    }
    QVERIFY(photo != nullptr);
    photo->trigger();
    stage.click("make");
    QCOMPARE(stage.backend.last<Sample>()->from, stage.backend.project().photos.at(1).file);
  }

  void whatCantBeReadIsRefused() {
    PaintStage stage(true);
    stage.open();
    QSignalSpy notices(&stage.page, &Page::noticeRequested);
    stage.page.startFrom(QStringLiteral(LIKENESS_SOURCE_DIR "/README.md"));
    QTRY_COMPARE(notices.size(), 1);
    QVERIFY(!stage.find<QWidget>("sourceStrip")->isVisible());
  }
};

int runMaskPaintingTests(int argc, char** argv) {
  TestMaskPainting test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_mask_painting.moc"
