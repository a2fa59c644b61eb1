#pragma once
#include "core/api/job.h"
#include "ui/widgets/card.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QPushButton;
class QGridLayout;
class QSpinBox;

namespace likeness {

class SeedField;

/// The settings of Compose: steps, guidance, sampler, seed, size, count, which weights, the before picture.
class SampleSettings : public Card {
  Q_OBJECT
 public:
  explicit SampleSettings(QWidget* parent = nullptr);

  /// Offers the sizes and weights that this project has.
  void setProject(const ProjectSnapshot& project);
  /// Writes the settings into a job, throwing a new seed unless that is locked.
  void fill(Sample& sample);
  /// Shows the settings of a picture and locks its seed.
  void apply(const Sample& sample);
  /// As fill(), without throwing a new seed.
  void peek(Sample& sample) const;
  [[nodiscard]] int count() const;
  /// With a picture to start from the size is that picture's.
  void setStartsFromPicture(bool starts);
  void setGridOpen(bool open);

 Q_SIGNALS:
  void countChanged(int count);
  void changed();
  void leakTestRequested();
  void gridRequested(bool open);

 private:
  void makeFields();
  void layOut();
  void showHow();
  void offerSizes(int resolution);
  void offerWeights(const ProjectSnapshot& project);

  QPushButton* m_more;  ///< opens how it is made
  QWidget* m_how;
  QSpinBox* m_steps;
  QDoubleSpinBox* m_guidance;
  QComboBox* m_sampler;
  QComboBox* m_schedule;
  SeedField* m_seed;
  QComboBox* m_size;
  QSpinBox* m_count;
  QComboBox* m_weights;
  QCheckBox* m_before;
  QPushButton* m_leak;
  QPushButton* m_grid;
};

}  // namespace likeness
