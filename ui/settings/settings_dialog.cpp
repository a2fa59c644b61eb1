#include "ui/settings/settings_dialog.h"

#include <QApplication>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QThread>
#include <QVBoxLayout>

#include "ui/settings/helper_form.h"
#include "ui/settings/preferences.h"
#include "ui/shell/recent_projects.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/file_choice.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kFieldWidth = 220;

QVBoxLayout* labelled(const QString& label, QWidget* field, const QString& hint = {}) {
  auto* column = new QVBoxLayout;
  column->setSpacing(kSpace4);
  column->addWidget(makeFieldLabel(label, field));
  column->addWidget(field);
  if (!hint.isEmpty()) column->addWidget(makeParagraph(hint, TextStyle::Small));
  column->addStretch();
  return column;
}

QString nameOf(const QString& language) {
  QString name = QLocale(language).nativeLanguageName();
  if (!name.isEmpty()) name[0] = name[0].toUpper();
  return name.isEmpty() ? language : name;
}

}  // namespace

SettingsDialog::SettingsDialog(QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("settingsDialog"));
  setWindowTitle(tr("Settings"));
  setModal(false);
  resize(680, 840);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  auto* inside = new QWidget;
  inside->setProperty("scrolled", true);
  auto* column = new QVBoxLayout(inside);
  column->setContentsMargins(kSpace24, kSpace24, kSpace24, kSpace24);
  column->setSpacing(kSpace16);
  column->addWidget(makeLabel(tr("Settings"), TextStyle::Title));
  column->addWidget(makeLook());
  column->addWidget(makeComputing());
  column->addWidget(makeFolders());
  auto* helper = new Card(tr("Helper"));
  auto* form = new HelperForm;
  helper->column()->addWidget(form);
  connect(form, &HelperForm::changed, this, &SettingsDialog::helperChanged);
  column->addWidget(helper);
  auto* log = makeButton(tr("Log and report…"), QStringLiteral("openLog"), ButtonKind::Quiet);
  log->setAutoDefault(false);
  connect(log, &QPushButton::clicked, this, &SettingsDialog::logRequested);
  column->addWidget(log, 0, Qt::AlignLeft);
  column->addStretch();
  scroll->setWidget(inside);
  whole->addWidget(scroll);
}

QWidget* SettingsDialog::makeLook() {
  auto* card = new Card(tr("Look and language"));
  auto* theme = new QComboBox;
  theme->setObjectName(QStringLiteral("themeChoice"));
  theme->addItem(tr("As the system"), static_cast<int>(Scheme::System));
  theme->addItem(tr("Light"), static_cast<int>(Scheme::Light));
  theme->addItem(tr("Dark"), static_cast<int>(Scheme::Dark));
  const auto showScheme = [theme] { theme->setCurrentIndex(theme->findData(static_cast<int>(Theme::scheme()))); };
  showScheme();
  connect(&Theme::instance(), &Theme::changed, theme, showScheme);
  connect(theme, &QComboBox::activated, this, [theme] {
    const auto scheme = static_cast<Scheme>(theme->currentData().toInt());
    saveScheme(scheme);
    Theme::apply(*qobject_cast<QApplication*>(qApp), scheme);
  });
  auto* language = new QComboBox;
  language->setObjectName(QStringLiteral("languageChoice"));
  language->addItem(tr("As the system"), QString());
  for (const QString& there : languagesThere()) language->addItem(nameOf(there), there);
  language->setCurrentIndex(std::max(0, language->findData(savedLanguage())));
  connect(language, &QComboBox::activated, this, [language] { saveLanguage(language->currentData().toString()); });
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace24);
  theme->setMinimumWidth(kFieldWidth);
  language->setMinimumWidth(kFieldWidth);
  row->addLayout(labelled(tr("Theme"), theme), 1);
  row->addLayout(labelled(tr("Language"), language, tr("Changes when Likeness starts the next time.")), 1);
  card->column()->addLayout(row);
  return card;
}

QWidget* SettingsDialog::makeComputing() {
  auto* card = new Card(tr("Computing"));
  auto* threads = new QSpinBox;
  threads->setObjectName(QStringLiteral("threadCount"));
  threads->setRange(0, std::max(QThread::idealThreadCount(), savedThreads()));
  threads->setSpecialValueText(tr("One for each core"));
  threads->setValue(savedThreads());
  threads->setMinimumWidth(kFieldWidth);
  connect(threads, &QSpinBox::valueChanged, this, [](int count) { saveThreads(count); });
  auto* device = makeLabel(tr("CPU, %n core(s)", nullptr, QThread::idealThreadCount()), TextStyle::Body);
  device->setObjectName(QStringLiteral("deviceFact"));
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace24);
  row->addLayout(labelled(tr("Threads"), threads,
                          tr("Fewer leave room for other programs. Changes when Likeness starts the next time.")),
                 1);
  auto* about = new QVBoxLayout;
  about->setSpacing(kSpace4);
  about->addWidget(makeLabel(tr("Device"), TextStyle::Body, Tone::Soft));
  about->addWidget(device);
  about->addStretch();
  row->addLayout(about, 1);
  card->column()->addLayout(row);
  return card;
}

QWidget* SettingsDialog::makeFolders() {
  auto* card = new Card(tr("Folders"));
  auto* folder = new QLineEdit(projectsFolder());
  folder->setObjectName(QStringLiteral("projectsFolder"));
  folder->setReadOnly(true);
  folder->setCursorPosition(0);
  auto* change = makeButton(tr("Change…"), QStringLiteral("changeProjectsFolder"));
  auto* reset = makeButton(tr("Use the usual one"), QStringLiteral("resetProjectsFolder"), ButtonKind::Quiet);
  const auto take = [folder, reset](const QString& chosen) {
    saveProjectsFolder(chosen);
    folder->setText(projectsFolder());
    folder->setCursorPosition(0);
    reset->setVisible(!chosen.isEmpty());
  };
  reset->setVisible(!savedProjectsFolder().isEmpty());
  for (QPushButton* button : {change, reset}) button->setAutoDefault(false);
  connect(change, &QPushButton::clicked, this,
          [this, take] { chooseFolder(this, tr("Where new projects go"), projectsFolder(), take); });
  connect(reset, &QPushButton::clicked, this, [take] { take({}); });
  card->column()->addWidget(makeFieldLabel(tr("New projects go to"), folder));
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace8);
  row->addWidget(folder, 1);
  row->addWidget(change);
  row->addWidget(reset);
  card->column()->addLayout(row);
  return card;
}

}  // namespace likeness
