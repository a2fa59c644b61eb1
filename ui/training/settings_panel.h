#pragma once
#include <QWidget>
#include <vector>

#include "core/api/train_config.h"

namespace likeness {

class OptionRow;

/// Every training option, in the order in which people read them.
class SettingsPanel : public QWidget {
  Q_OBJECT
 public:
  explicit SettingsPanel(QWidget* parent = nullptr);

  void showConfig(const TrainConfig& config);
  [[nodiscard]] int changedCount() const;

 Q_SIGNALS:
  void edited(const QString& name, const QString& value);

 private:
  std::vector<OptionRow*> m_rows;
};

}  // namespace likeness
