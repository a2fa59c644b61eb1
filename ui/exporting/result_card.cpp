#include "ui/exporting/result_card.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>

#include "ui/exporting/export_target.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

QPushButton* copyButton(const char* name, const QString& what, QLabel* label) {
  auto* button = makeButton(ResultCard::tr("Copy"), name, ButtonKind::Secondary, ButtonSize::Small);
  button->setAccessibleName(what);
  QObject::connect(button, &QPushButton::clicked, label,
                   [label] { QGuiApplication::clipboard()->setText(label->text()); });
  return button;
}

}  // namespace

ResultCard::ResultCard(QWidget* parent)
    : Card(parent),
      m_state(makeParagraph({}, TextStyle::Strong, Tone::Good)),
      m_how(makeParagraph({}, TextStyle::Body, Tone::Plain)),
      m_prompt(makeLabel({}, TextStyle::Body, Tone::Plain)),
      m_open(makeButton(tr("Open the folder"), "openExport", ButtonKind::Secondary, ButtonSize::Small)),
      m_copyHow(copyButton("copyHow", tr("Copy how to use it"), m_how)),
      m_copyPrompt(copyButton("copyPrompt", tr("Copy the prompt"), m_prompt)) {
  setObjectName("exportResult");
  m_state->setObjectName("exportState");
  m_how->setObjectName("exportHow");
  m_prompt->setObjectName("exportPrompt");
  for (auto* label : {m_how, m_prompt}) label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* stateRow = new QHBoxLayout;
  stateRow->addWidget(m_state, 1);
  stateRow->addWidget(m_open);
  auto* howRow = new QHBoxLayout;
  howRow->setSpacing(kSpace16);
  howRow->addWidget(m_how, 1);
  howRow->addWidget(m_copyHow, 0, Qt::AlignTop);
  auto* promptRow = new QHBoxLayout;
  promptRow->setSpacing(kSpace8);
  promptRow->addWidget(makeLabel(tr("A prompt to try:"), TextStyle::Body, Tone::Soft));
  promptRow->addWidget(m_prompt);
  promptRow->addWidget(m_copyPrompt);
  promptRow->addStretch(1);
  column()->addLayout(stateRow);
  column()->addLayout(howRow);
  column()->addLayout(promptRow);
  connect(m_open, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_folder)); });
}

void ResultCard::showTarget(const ExportTarget& target, const QString& path, const QString& prompt, bool written) {
  m_folder = target.isFile() ? QFileInfo(path).absolutePath() : path;
  setTone(m_state, written ? Tone::Good : Tone::Plain);
  m_state->setText(written ? tr("✓ Written to %1").arg(path) : tr("How to use it in %1").arg(target.title));
  m_open->setVisible(written);
  m_how->setFont(target.isCode ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : textFont(TextStyle::Body));
  m_how->setText(target.how.arg(path, prompt));
  m_prompt->setText(prompt);
}

}  // namespace likeness
