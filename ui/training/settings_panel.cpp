#include "ui/training/settings_panel.h"

#include <QVBoxLayout>
#include <algorithm>

#include "core/api/options.h"
#include "ui/theme/metrics.h"
#include "ui/training/option_row.h"

namespace likeness {

SettingsPanel::SettingsPanel(QWidget* parent) : QWidget(parent) {
  setObjectName("settingsPanel");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, kSpace8, 0, 0);
  column->setSpacing(kSpace16);
  for (const auto& option : trainOptions()) {
    auto* row = new OptionRow(option);
    connect(row, &OptionRow::edited, this, &SettingsPanel::edited);
    column->addWidget(row);
    m_rows.push_back(row);
  }
}

void SettingsPanel::showConfig(const TrainConfig& config) {
  for (auto* row : m_rows) row->showConfig(config);
}

int SettingsPanel::changedCount() const {
  return int(std::count_if(m_rows.begin(), m_rows.end(), [](const OptionRow* row) { return row->isChanged(); }));
}

}  // namespace likeness
