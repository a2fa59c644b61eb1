#include "ui/settings/helper_form.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kTrySilenceMs = 60'000;
constexpr int kTryWholeMs = 90'000;
constexpr int kShownAnswer = 60;

}  // namespace

HelperForm::HelperForm(QWidget* parent)
    : QWidget(parent),
      m_on(new QCheckBox(tr("Let Likeness ask a server of mine about pictures"))),
      m_address(new QLineEdit),
      m_model(new QLineEdit),
      m_try(makeButton(tr("Try it"), QStringLiteral("tryHelper"))),
      m_state(makeParagraph({}, TextStyle::Small, Tone::Soft)) {
  const HelperSettings saved = HelperSettings::load();
  m_on->setObjectName(QStringLiteral("helperOn"));
  m_on->setAccessibleName(m_on->text());
  m_on->setChecked(saved.on);
  m_address->setObjectName(QStringLiteral("helperAddress"));
  m_address->setPlaceholderText(QStringLiteral("http://localhost:8080"));
  m_address->setText(saved.address);
  m_address->setMaxLength(500);
  m_model->setObjectName(QStringLiteral("helperModel"));
  m_model->setPlaceholderText(QStringLiteral("qwen3-vl"));
  m_model->setText(saved.model);
  m_model->setMaxLength(200);
  m_state->setObjectName(QStringLiteral("helperTryState"));
  m_try->setAutoDefault(false);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace8);
  column->addWidget(m_on);
  column->addWidget(makeParagraph(
      tr("It can describe photos, suggest words and prompts, and look for what is unsafe to show. It needs a server that "
         "speaks like OpenAI's and reads pictures: llama.cpp, Ollama, vLLM. A picture is sent only when you ask about it, made "
         "smaller, and only to this address."),
      TextStyle::Small));
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace12);
  const auto add = [row](const QString& label, QWidget* field, int stretch) {
    auto* part = new QVBoxLayout;
    part->setSpacing(kSpace4);
    part->addWidget(makeFieldLabel(label, field));
    part->addWidget(field);
    row->addLayout(part, stretch);
  };
  add(tr("Address"), m_address, 3);
  add(tr("Model (may stay empty)"), m_model, 2);
  row->addWidget(m_try, 0, Qt::AlignBottom);
  column->addLayout(row);
  column->addWidget(m_state);
  m_state->hide();
  connect(m_on, &QCheckBox::toggled, this, &HelperForm::save);
  connect(m_address, &QLineEdit::textChanged, this, &HelperForm::save);
  connect(m_model, &QLineEdit::textChanged, this, &HelperForm::save);
  connect(m_try, &QPushButton::clicked, this, &HelperForm::tryIt);
  m_client.setPatience(kTrySilenceMs, kTryWholeMs);
  connect(&m_client, &HelperClient::succeeded, this, [this](const QString& text) {
    m_try->setText(tr("Try it"));
    say(tr("It answers: %1").arg(text.simplified().left(kShownAnswer)), static_cast<int>(Tone::Good));
  });
  connect(&m_client, &HelperClient::failed, this, [this](const QString& sentence) {
    m_try->setText(tr("Try it"));
    say(sentence, static_cast<int>(Tone::Error));
  });
  save();
}

HelperSettings HelperForm::typed() const {
  HelperSettings settings = HelperSettings::load();
  settings.on = m_on->isChecked();
  settings.address = m_address->text().trimmed();
  settings.model = m_model->text().trimmed();
  return settings;
}

void HelperForm::save() {
  typed().save();
  const bool on = m_on->isChecked();
  m_address->setEnabled(on);
  m_model->setEnabled(on);
  m_try->setEnabled(on);
  if (!m_client.isBusy()) m_state->hide();
  Q_EMIT changed();
}

void HelperForm::tryIt() {
  if (m_client.isBusy()) {
    m_client.cancel();
    m_try->setText(tr("Try it"));
    say(tr("Stopped."), static_cast<int>(Tone::Soft));
    return;
  }
  const HelperSettings settings = typed();
  say(tr("A short question without a picture was sent to %1 …").arg(settings.place()), static_cast<int>(Tone::Soft));
  m_try->setText(tr("Stop"));
  m_client.ask(settings, {QStringLiteral("Answer with the one word: ready"), {}});
}

void HelperForm::say(const QString& text, int tone) {
  m_state->setText(text);
  setTone(m_state, static_cast<Tone>(tone));
  m_state->show();
}

}  // namespace likeness
