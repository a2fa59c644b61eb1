#include "ui/shell/header_bar.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QThread>
#include <QTimer>

#include "ui/settings/preferences.h"
#include "ui/shell/recent_projects.h"
#include "ui/shell/system_memory.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/format.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kMemoryIntervalMs = 2000;

}  // namespace

HeaderBar::HeaderBar(QWidget* parent)
    : QFrame(parent),
      m_project(new QToolButton),
      m_menu(new QMenu(this)),
      m_model(makePill({})),
      m_device(makePill({})),
      m_toggle(makeIconButton(QStringLiteral("moon"), {}, QStringLiteral("themeToggle"))) {
  setObjectName(QStringLiteral("headerBar"));
  setProperty("surface", QStringLiteral("header"));
  setFixedHeight(kHeaderHeight);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(kSpace16, 0, kSpace16, 0);
  row->setSpacing(kSpace8);

  QLabel* name = makeLabel(QStringLiteral("Likeness"), TextStyle::Heading);
  m_project->setObjectName(QStringLiteral("projectMenu"));
  m_project->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_project->setIcon(themedIcon(QStringLiteral("chevron_down"), Role::SoftText));
  m_project->setIconSize({12, 12});
  m_project->setLayoutDirection(Qt::RightToLeft);  // the arrow stands behind the name
  m_project->setPopupMode(QToolButton::InstantPopup);
  m_project->setMenu(m_menu);
  m_project->setFocusPolicy(Qt::StrongFocus);
  m_menu->setObjectName(QStringLiteral("projectMenuPopup"));
  m_model->setObjectName(QStringLiteral("modelChip"));
  m_device->setObjectName(QStringLiteral("deviceChip"));
  m_device->setToolTip(tr("What Likeness computes on, and how much of the memory it uses now"));
  row->addWidget(name);
  row->addWidget(m_project);
  row->addWidget(m_model);
  row->addStretch();
  row->addWidget(m_device);
  auto* help = makeIconButton(QStringLiteral("help"), tr("Help and shortcuts (F1)"), QStringLiteral("helpButton"));
  auto* settings = makeIconButton(QStringLiteral("gear"), tr("Settings (Ctrl+,)"), QStringLiteral("settingsButton"));
  row->addWidget(m_toggle);
  row->addWidget(help);
  row->addWidget(settings);
  connect(help, &QToolButton::clicked, this, &HeaderBar::helpRequested);
  connect(settings, &QToolButton::clicked, this, &HeaderBar::settingsRequested);

  connect(m_menu, &QMenu::aboutToShow, this, &HeaderBar::fillMenu);
  connect(m_toggle, &QToolButton::clicked, this, [] {
    Theme::toggle();
    saveScheme(Theme::scheme());
  });
  connect(&Theme::instance(), &Theme::changed, this, &HeaderBar::updateToggle);
  auto* timer = new QTimer(this);
  connect(timer, &QTimer::timeout, this, &HeaderBar::updateMemory);
  timer->start(kMemoryIntervalMs);
  updateMemory();
  updateToggle();
  setProject({}, {});
}

void HeaderBar::setProject(const QString& name, const QString& model) {
  m_project->setText(name.isEmpty() ? tr("No project") : fontMetrics().elidedText(name, Qt::ElideMiddle, 240));
  m_project->setAccessibleName(name.isEmpty() ? tr("Project menu") : tr("Project %1, menu").arg(name));
  m_model->setText(model);
  m_model->setVisible(!model.isEmpty());
  m_model->setToolTip(tr("The base model that this project starts from"));
}

void HeaderBar::fillMenu() {
  m_menu->clear();
  m_menu->addAction(tr("New project"), this, &HeaderBar::newProjectRequested);
  m_menu->addAction(tr("Open a project…"), this, &HeaderBar::openProjectRequested);
  const QStringList recent = recentProjects();
  if (!recent.isEmpty()) m_menu->addSeparator();
  for (const QString& folder : recent) {
    // Ampersands would become mnemonics.
    const QString text = QFileInfo(folder).fileName().replace(u'&', QStringLiteral("&&"));
    m_menu->addAction(text, this, [this, folder] { Q_EMIT recentRequested(folder); })->setToolTip(folder);
  }
}

void HeaderBar::updateMemory() {
  const QString cores = tr("CPU, %n core(s)", nullptr, QThread::idealThreadCount());
  const std::uint64_t total = totalMemory();
  const std::uint64_t used = residentMemory();
  m_device->setText(total == 0 || used == 0 ? cores
                                            : tr("%1 · %2 of %3").arg(cores, formatBytes(used), formatBytes(total)));
}

void HeaderBar::updateToggle() {
  const QString label = Theme::isDark() ? tr("Change to light") : tr("Change to dark");
  m_toggle->setIcon(themedIcon(Theme::isDark() ? QStringLiteral("sun") : QStringLiteral("moon"), Role::SoftText));
  m_toggle->setToolTip(label);
  m_toggle->setAccessibleName(label);
}

}  // namespace likeness
