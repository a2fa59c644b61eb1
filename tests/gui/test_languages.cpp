// Each language has all of its texts in the window, and none of them is cut off.
#include <QAbstractButton>
#include <QLabel>
#include <QtTest>

#include "tests/gui/shell_tests.h"
#include "ui/settings/preferences.h"
#include "ui/shell/pages.h"
#include "ui/theme/translations.h"
#include "ui/widgets/elided_label.h"

using namespace likeness;

namespace {

// How far a label's or button's text is wider than the place that it has, in pixels.
int tooWide(const QWidget& widget) {
  if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) {
    return button->text().isEmpty() ? 0 : button->sizeHint().width() - button->width();
  }
  const auto* label = qobject_cast<const QLabel*>(&widget);
  if (label == nullptr || qobject_cast<const ElidedLabel*>(label) != nullptr || label->text().isEmpty()) return 0;
  if (label->wordWrap()) return label->heightForWidth(label->width()) - label->height();
  return label->sizeHint().width() - label->width();
}

QStringList cutOff(const QWidget& window) {
  QStringList found;
  for (const QWidget* widget : window.findChildren<QWidget*>()) {
    if (!widget->isVisible() || widget->visibleRegion().isEmpty() || tooWide(*widget) <= 1) continue;
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    const QString text = button != nullptr ? button->text() : qobject_cast<const QLabel*>(widget)->text();
    found.append(QStringLiteral("%1 \"%2\" by %3").arg(widget->objectName(), text).arg(tooWide(*widget)));
  }
  return found;
}

}  // namespace

class TestLanguages : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { useLanguage(QLocale(QLocale::English)); }

  void nothingIsCutOff_data() {
    QTest::addColumn<QString>("language");
    for (const QString& language : languagesThere()) QTest::newRow(qPrintable(language)) << language;
  }
  void nothingIsCutOff() {
    QFETCH(QString, language);
    useLanguage(QLocale(language));
    QCOMPARE(QGuiApplication::layoutDirection(), language == QStringLiteral("ar") ? Qt::RightToLeft : Qt::LeftToRight);
    Studio studio(0);
    const std::filesystem::path folder(LIKENESS_SOURCE_DIR "/resources/demo/photos");
    studio.backend.makeScene({folder / "00.jpg", folder / "01.jpg", folder / "02.jpg"}, 4, true, 4);
    QStringList found = cutOff(studio.window);  // the start
    studio.backend.sendProject();
    for (const char* page : {"subject", "priors", "training", "compose", "export"}) {
      studio.window.showPage(QLatin1String(page));
      QTest::qWait(60);
      for (const QString& text : cutOff(studio.window)) found.append(QStringLiteral("%1: %2").arg(QLatin1String(page), text));
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
  }
};

QObject* makeLanguagesTest() { return new TestLanguages; }

#include "test_languages.moc"
