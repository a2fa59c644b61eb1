#pragma once
#include <string>
#include <vector>

#include "core/api/job.h"

namespace likeness {

/// Gathers the pictures of several Sample jobs and lays them out: the photos, then for each prompt a column with the
/// base's pictures above and the trained model's below.
class SheetMaker {
 public:
  SheetMaker(Sample sample, std::vector<std::string> prompts)
      : m_sample(std::move(sample)), m_prompts(std::move(prompts)) {}

  /// The jobs, in the order in which they are to run; for each: which row they fill.
  [[nodiscard]] std::vector<Sample> jobs() const;

  /// Tells of every event of the job number `index` of jobs().
  void handle(std::size_t index, const JobEvent& event);

  /// Writes sheet.png in the jobs' folder. Throws ErrorException when it can't.
  [[nodiscard]] std::filesystem::path write() const;

 private:
  struct Cell {
    std::size_t prompt = 0;
    int index = 0;
    bool base = false;
    bool classOnly = false;
    ImagePtr image;
  };
  [[nodiscard]] const Image* find(std::size_t prompt, int index, bool base, bool classOnly) const;

  Sample m_sample;
  std::vector<std::string> m_prompts;
  std::vector<Cell> m_cells;
};

}  // namespace likeness
