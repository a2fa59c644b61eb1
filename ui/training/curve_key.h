#pragma once
#include <QAbstractButton>

#include "ui/theme/tokens.h"

namespace likeness {

/// One entry of the chart's legend: dot, name and newest value in the curve's colour. A click hides or shows the curve.
class CurveKey : public QAbstractButton {
  Q_OBJECT
 public:
  CurveKey(const QString& name, Role role, bool dashed, QWidget* parent = nullptr);

  /// The newest value as text; empty when there is none yet.
  void setValue(const QString& value);
  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString m_name;
  QString m_value;
  Role m_role;
  bool m_dashed;
};

}  // namespace likeness
