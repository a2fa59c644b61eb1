#include <QAction>
#include <QCheckBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include "tests/gui/shell_tests.h"
#include "ui/subject/crop_editor.h"
#include "ui/subject/crop_geometry.h"
#include "ui/subject/subject_page.h"
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/picture_model.h"
#include "ui/widgets/qimage.h"
#include "ui/widgets/token_field.h"

using namespace likeness;

namespace {

void open(Studio& studio) {
  studio.backend.makeScene({toPath(studio.folder.path())}, 0, false, 0);
  studio.window.openProject(toQString(studio.backend.project().folder));
  QTRY_COMPARE(studio.window.currentPage(), QStringLiteral("subject"));
  QVERIFY(QTest::qWaitForWindowExposed(&studio.window));
}

SubjectPage* pageOf(Studio& studio) { return qobject_cast<SubjectPage*>(studio.window.page(QStringLiteral("subject"))); }

const PhotoInfo& photo(Studio& studio, std::size_t k) { return studio.window.session()->project().photos.at(k); }

void drag(QWidget* widget, QPoint from, QPoint to) {
  QTest::mousePress(widget, Qt::LeftButton, {}, from);
  QTest::mouseMove(widget, (from + to) / 2);
  QTest::mouseMove(widget, to);
  QTest::mouseRelease(widget, Qt::LeftButton, {}, to);
}

}  // namespace

class TestSubjectPage : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void photosAreShownWithBadges() {
    Studio studio;
    QImage(40, 40, QImage::Format_RGB32).save(studio.folder.filePath(QStringLiteral("tiny.png")));
    QFile broken(studio.folder.filePath(QStringLiteral("words.jpg")));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("not a picture");
    broken.close();
    open(studio);
    const auto* model = studio.find<PictureGrid>("photoGrid")->model();
    QCOMPARE(model->rowCount(), 6);  // five files and the invitation
    QCOMPARE(model->index(0, 0).data(PictureModel::BadgeRole).toString(), QStringLiteral("Fine"));
    QVERIFY(!model->index(0, 0).data(Qt::DecorationRole).value<QImage>().isNull());
    QCOMPARE(model->index(3, 0).data(PictureModel::BadgeRole).toString(), QStringLiteral("Too small"));
    QCOMPARE(model->index(4, 0).data(PictureModel::BadgeRole).toString(), QStringLiteral("Can't be read"));
    QVERIFY(model->index(4, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("not a picture")));
    studio.find<PictureGrid>("photoGrid")->setCurrentIndex(model->index(4, 0));
    QVERIFY(studio.find<QLabel>("photoFinding")->text().contains(QStringLiteral("not a picture")));
    QVERIFY(!studio.find<QPushButton>("rotatePhoto")->isEnabled());
  }

  void draggingMovesTheSquareAndCanBeUndone() {
    Studio studio;
    open(studio);
    auto* editor = studio.find<CropEditor>("cropEditor");
    const CropRect before = photo(studio, 0).crop;
    const QPoint middle = editor->squareRect().center().toPoint();
    drag(editor, middle, middle + QPoint(200, 0));
    QTRY_COMPARE(studio.backend.countOf<SetCrop>(), 1);
    QTRY_VERIFY(photo(studio, 0).crop.centerX > before.centerX + 0.01);
    // Pushed against the edge: what is kept is where the square really is.
    const QRectF square = cropSquare(photo(studio, 0).crop, {300, 240});
    QVERIFY(std::abs(square.right() - 300) < 0.5);
    QTest::keyClick(studio.find<PictureGrid>("photoGrid"), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(photo(studio, 0).crop == before);
    QTest::mouseClick(studio.find<QToolButton>("redoButton"), Qt::LeftButton);
    QTRY_VERIFY(photo(studio, 0).crop.centerX > before.centerX + 0.01);
  }

  void cornersResizeAroundTheOppositeOne() {
    Studio studio;
    open(studio);
    auto* editor = studio.find<CropEditor>("cropEditor");
    const QRectF was = editor->squareRect();
    drag(editor, was.bottomRight().toPoint() - QPoint(3, 3), was.bottomRight().toPoint() - QPoint(60, 60));
    QTRY_COMPARE(studio.backend.countOf<SetCrop>(), 1);
    const QRectF is = editor->squareRect();
    QVERIFY((is.topLeft() - was.topLeft()).manhattanLength() < 1);
    QVERIFY(is.width() < was.width() - 40);
    QVERIFY(std::abs(is.width() - is.height()) < 0.01);
  }

  void wheelAndKeysZoomAsOneEdit() {
    Studio studio;
    open(studio);
    auto* editor = studio.find<CropEditor>("cropEditor");
    const QPointF at = editor->rect().center();
    for (int k = 0; k < 3; ++k) {
      QWheelEvent wheel(at, editor->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
      QApplication::sendEvent(editor, &wheel);
    }
    QTest::keyClick(editor, Qt::Key_Minus);
    QTRY_COMPARE(studio.backend.countOf<SetCrop>(), 1);
    QVERIFY(editor->crop().side < 0.85);
    QCOMPARE(pageOf(studio)->undoStack()->count(), 1);
  }

  void rotationKeepsThePart() {
    const CropRect crop{0.3, 0.7, 0.4, 0};
    CropRect turned = crop;
    for (int k = 0; k < 4; ++k) turned = turnedClockwise(turned);
    QVERIFY(std::abs(turned.centerX - crop.centerX) < 1e-9 && std::abs(turned.centerY - crop.centerY) < 1e-9);
    QImage image(200, 100, QImage::Format_RGB32);
    image.fill(Qt::black);
    image.setPixel(60, 70, 0xffffffff);
    QCOMPARE(cropped(image, {0.3, 0.7, 0.2, 0}).size(), QSize(20, 20));
    const QImage part = cropped(image, turnedClockwise({0.3, 0.7, 0.2, 0}));
    bool found = false;
    for (int y = 0; y < part.height(); ++y) {
      for (int x = 0; x < part.width(); ++x) found = found || part.pixel(x, y) == 0xffffffff;
    }
    QVERIFY(found);
    Studio studio;
    open(studio);
    QTest::mouseClick(studio.find<QPushButton>("rotatePhoto"), Qt::LeftButton);
    QTRY_COMPARE(photo(studio, 0).crop.quarterTurns, 1);
  }

  void theTrainedSquareIsAskedFor() {
    Studio studio;
    open(studio);
    auto* preview = studio.find<QLabel>("trainedSquare");
    QTRY_VERIFY(!preview->pixmap().isNull());
    QCOMPARE(preview->pixmap().size(), QSize(128, 128));
    const int before = studio.backend.countOf<RenderCrop>();
    QTest::mouseClick(studio.find<QPushButton>("rotatePhoto"), Qt::LeftButton);
    QTRY_VERIFY(studio.backend.countOf<RenderCrop>() > before);
  }

  void removedPhotosComeBackByUndo() {
    Studio studio;
    open(studio);
    auto* grid = studio.find<PictureGrid>("photoGrid");
    grid->setCurrentIndex(grid->model()->index(1, 0));
    const auto gone = photo(studio, 1).file;
    grid->setFocus();
    QTest::keyClick(grid, Qt::Key_Delete);
    QTRY_COMPARE(studio.window.session()->project().photos.size(), std::size_t(2));
    QTest::mouseClick(studio.find<QToolButton>("undoButton"), Qt::LeftButton);
    QTRY_COMPARE(studio.window.session()->project().photos.size(), std::size_t(3));
    QCOMPARE(studio.backend.last<AddPhotos>()->photos.front(),
             studio.backend.project().folder / "removed" / gone.filename());
  }

  void addedPhotosGoByUndo() {
    Studio studio;
    open(studio);
    const QString extra = studio.folder.filePath(QStringLiteral("extra.png"));
    paintScene(9, 1.0, 256).save(extra);
    studio.window.addPhotos({extra});
    QTRY_COMPARE(studio.window.session()->project().photos.size(), std::size_t(4));
    QTRY_COMPARE(studio.find<PictureGrid>("photoGrid")->currentKey(), extra);
    pageOf(studio)->undoStack()->undo();
    QTRY_COMPARE(studio.window.session()->project().photos.size(), std::size_t(3));
    pageOf(studio)->undoStack()->redo();
    QTRY_COMPARE(studio.window.session()->project().photos.size(), std::size_t(4));
  }

  void fieldsNameTheSubject() {
    Studio studio;
    open(studio);
    auto* noun = studio.find<QLineEdit>("classNoun");
    QCOMPARE(noun->text(), QStringLiteral("dog"));
    noun->setFocus();
    noun->selectAll();
    QTest::keyClicks(noun, QStringLiteral("teapot"));
    QTest::keyClick(noun, Qt::Key_Return);
    QTRY_COMPARE(studio.window.session()->project().classNoun, std::string("teapot"));
    auto* token = studio.find<QLineEdit>("identifierToken");
    token->setFocus();
    token->selectAll();
    QTest::keyClicks(token, QStringLiteral("my dog"));
    QTest::keyClick(token, Qt::Key_Return);
    QTest::qWait(20);
    QCOMPARE(studio.window.session()->project().identifierToken, std::string("sks"));
    QVERIFY(!TokenField::problemWith(token->text()).isEmpty());
    token->selectAll();
    QTest::keyClicks(token, QStringLiteral("olis"));
    QTest::keyClick(token, Qt::Key_Return);
    QTRY_COMPARE(studio.window.session()->project().identifierToken, std::string("olis"));
  }

  void wordsAreUndone() {
    Studio studio;
    open(studio);
    auto* noun = studio.find<QLineEdit>("classNoun");
    noun->setFocus();
    noun->selectAll();
    QTest::keyClicks(noun, QStringLiteral("teapot"));
    QTest::keyClick(noun, Qt::Key_Return);
    QTRY_COMPARE(studio.window.session()->project().classNoun, std::string("teapot"));
    QCOMPARE(pageOf(studio)->undoStack()->count(), 1);
    QTest::mouseClick(studio.find<QToolButton>("undoButton"), Qt::LeftButton);
    QTRY_COMPARE(studio.window.session()->project().classNoun, std::string("dog"));
  }

  void theModelsWordOnTheTokenIsShown() {
    Studio studio;
    open(studio);
    studio.backend.project().tokenAdvice = "\"sks\" is split into pieces by this model. Take olis.";
    studio.backend.sendProject();
    bool shown = false;
    for (const auto* label : studio.window.findChildren<QLabel*>()) {
      shown = shown || (label->isVisible() && label->text().contains(QStringLiteral("is split into pieces")));
    }
    QVERIFY(shown);
  }

  void captionsAreKeptAndUndone() {
    Studio studio;
    open(studio);
    auto* caption = studio.find<QLineEdit>("photoCaption");
    auto* use = studio.find<QCheckBox>("useCaptions");
    QVERIFY(!use->isVisible());
    caption->setFocus();
    QTest::keyClicks(caption, QStringLiteral("a photo of [V] dog on a rug"));
    QTest::keyClick(caption, Qt::Key_Return);
    QTRY_COMPARE(photo(studio, 0).caption, std::string("a photo of [V] dog on a rug"));
    QCOMPARE(pageOf(studio)->undoStack()->count(), 1);
    QTRY_VERIFY(use->isVisible());
    QTest::mouseClick(use, Qt::LeftButton, {}, QPoint(10, use->height() / 2));
    QTRY_VERIFY(studio.window.session()->project().train.captionMode == CaptionMode::Files);
    auto* grid = studio.find<PictureGrid>("photoGrid");
    grid->setCurrentIndex(grid->model()->index(1, 0));
    QCOMPARE(caption->text(), QString());
    pageOf(studio)->undoStack()->undo();
    QTRY_COMPARE(photo(studio, 0).caption, std::string());
  }

  void centringIsOneUndoableEdit() {
    Studio studio;
    open(studio);
    QTest::mouseClick(studio.find<QPushButton>("centreAll"), Qt::LeftButton);
    QTRY_VERIFY(photo(studio, 2).crop.side < 0.9);
    QCOMPARE(pageOf(studio)->undoStack()->count(), 1);
    QTest::mouseClick(studio.find<QToolButton>("undoButton"), Qt::LeftButton);
    QTRY_VERIFY(photo(studio, 0).crop == CropRect{} && photo(studio, 2).crop == CropRect{});
    QTest::mouseClick(studio.find<QToolButton>("redoButton"), Qt::LeftButton);
    QTRY_VERIFY(photo(studio, 2).crop.side < 0.9);
    QCOMPARE(studio.backend.countOf<CentrePhotos>(), 1);
    pageOf(studio)->undoStack()->undo();
    QTRY_VERIFY(photo(studio, 2).crop == CropRect{});
    QTest::keyClick(studio.find<CropEditor>("cropEditor"), Qt::Key_C);  // only the chosen photo
    QTRY_VERIFY(photo(studio, 0).crop.side < 0.9);
    QVERIFY(photo(studio, 2).crop == CropRect{});
  }

  void findingsOfferWhatMendsThem() {
    Studio studio;
    open(studio);
    auto& photos = studio.backend.project().photos;
    photos[0].finding = {FindingLevel::Look, "cropped", "A lot is cropped away."};
    photos[0].crop.side = 0.4;
    photos[1].finding = {FindingLevel::Look, "duplicate", "Nearly identical to photo 1."};
    studio.backend.sendProject();
    auto* fix = studio.find<QPushButton>("fixPhoto");
    QTRY_VERIFY(fix->isVisible());
    QCOMPARE(fix->text(), QStringLiteral("Show more of it"));
    QTest::mouseClick(fix, Qt::LeftButton);
    QTRY_COMPARE(photo(studio, 0).crop.side, 1.0);
    auto* grid = studio.find<PictureGrid>("photoGrid");
    grid->setCurrentIndex(grid->model()->index(1, 0));
    QCOMPARE(fix->text(), QStringLiteral("Remove it"));
    QTest::mouseClick(fix, Qt::LeftButton);
    QTRY_COMPARE(studio.window.session()->project().photos.size(), std::size_t(2));
    grid->setCurrentIndex(grid->model()->index(1, 0));
    QVERIFY(!fix->isVisible());
  }

  void cardsShowTheirPhotosAtOnce() {
    Studio studio;
    open(studio);
    const QDir card(studio.folder.filePath(QStringLiteral("card")));
    QVERIFY(card.mkpath(QStringLiteral("DCIM/100CANON")));
    paintScene(7, 1.0, 256).save(card.filePath(QStringLiteral("DCIM/100CANON/IMG_1.JPG")), "JPEG");
    QVERIFY(QFile::copy(card.filePath(QStringLiteral("DCIM/100CANON/IMG_1.JPG")), card.filePath(QStringLiteral("DCIM/100CANON/IMG_1.CR2"))));
    studio.window.addPhotos({card.path()});
    const auto* model = studio.find<PictureGrid>("photoGrid")->model();
    QCOMPARE(model->rowCount(), 5);  // before the backend has answered: three, the coming one, the invitation
    const auto isLookedAt = [&] {
      return model->index(3, 0).data(PictureModel::BadgeRole).toString().startsWith(QStringLiteral("Looking"));
    };
    QVERIFY(isLookedAt());
    QTRY_VERIFY(studio.backend.countOf<AddPhotos>() == 1 && !isLookedAt());
    QCOMPARE(model->rowCount(), 5);
  }

  void continueGoesOn() {
    Studio studio;
    open(studio);
    QTest::mouseClick(pageOf(studio)->findChild<QPushButton*>(QStringLiteral("continueButton")), Qt::LeftButton);
    QCOMPARE(studio.window.currentPage(), QStringLiteral("priors"));
  }
};

QObject* makeSubjectTest() { return new TestSubjectPage; }

#include "test_subject_page.moc"
