#include "ui/settings/log_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollBar>
#include <QStandardPaths>
#include <QVBoxLayout>

#include "ui/settings/report.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr qint64 kMostOfLog = 256 * 1024;
constexpr int kTextSize = 12;

}  // namespace

LogPanel::LogPanel(Session* session, QString logFile, QWidget* parent)
    : QDialog(parent),
      m_session(session),
      m_logFile(std::move(logFile)),
      m_text(new QPlainTextEdit),
      m_state(makeLabel({}, TextStyle::Small, Tone::Soft)) {
  setObjectName(QStringLiteral("logPanel"));
  setWindowTitle(tr("Log and report"));
  setModal(false);
  resize(760, 560);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace24, kSpace24, kSpace24, kSpace24);
  column->setSpacing(kSpace12);
  column->addWidget(makeLabel(tr("If something goes wrong"), TextStyle::Title));
  column->addWidget(makeParagraph(tr("Send this to somebody who can help. It is exactly what you see: no picture, and the names of "
                                     "people, folders and files are taken out."),
                                  TextStyle::Body));
  QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  fixed.setPixelSize(kTextSize);
  m_text->setObjectName(QStringLiteral("logText"));
  m_text->setAccessibleName(tr("Report"));
  m_text->setFont(fixed);
  m_text->setReadOnly(true);
  m_text->setTabChangesFocus(true);
  m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
  column->addWidget(m_text, 1);
  m_state->setObjectName(QStringLiteral("logState"));
  auto* copy = makeButton(tr("Copy"), QStringLiteral("copyReport"));
  auto* save = makeButton(tr("Save report…"), QStringLiteral("saveReport"), ButtonKind::Primary);
  auto* again = makeButton(tr("Read again"), QStringLiteral("refreshLog"), ButtonKind::Quiet);
  for (QPushButton* button : {copy, save, again}) button->setAutoDefault(false);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace8);
  row->addWidget(again);
  row->addWidget(m_state, 1);
  row->addWidget(copy);
  row->addWidget(save);
  column->addLayout(row);
  connect(copy, &QPushButton::clicked, this, [this] {
    QApplication::clipboard()->setText(m_text->toPlainText());
    m_state->setText(tr("Copied."));
  });
  connect(save, &QPushButton::clicked, this, &LogPanel::askWhereToSave);
  connect(again, &QPushButton::clicked, this, &LogPanel::refresh);
}

void LogPanel::refresh() {
  const ProjectSnapshot& project = m_session->project();
  m_text->setPlainText(makeReport(project, endOfLog(m_logFile, kMostOfLog), PrivateWords::of(project)));
  m_text->verticalScrollBar()->setValue(0);
  m_state->clear();
}

void LogPanel::showEvent(QShowEvent* event) {
  refresh();
  QDialog::showEvent(event);
}

bool LogPanel::saveTo(const QString& file) {
  QSaveFile out(file);
  const QByteArray bytes = m_text->toPlainText().toUtf8();
  const bool good = out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit();
  setTone(m_state, good ? Tone::Good : Tone::Error);
  m_state->setText(good ? tr("Saved.") : tr("It could not be saved there. Choose another folder."));
  return good;
}

void LogPanel::askWhereToSave() {
  auto* dialog = new QFileDialog(this, tr("Save the report"), QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("txt"));
  dialog->selectFile(QStringLiteral("likeness-report.txt"));
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { saveTo(file); });
  dialog->open();
}

}  // namespace likeness
