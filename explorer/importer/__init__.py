"""A person's table: how it is read, what its columns mean, and the pack that is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import preview as preview
    from .draft import UnmatchedPlace as UnmatchedPlace
    from .lookups import PlaceLabels as PlaceLabels
    from .pack_builder import (
        PackMetadata as PackMetadata,
        id_of as id_of,
        save_pack as save_pack,
        suggest_metadata as suggest_metadata,
        write_to_folder as write_to_folder,
    )
    from .preview import (
        LEAVE_OUT as LEAVE_OUT,
        PreviewRow as PreviewRow,
        SheetColumn as SheetColumn,
        build_preview as build_preview,
        column_letters as column_letters,
        columns_of as columns_of,
        find_missing_fields as find_missing_fields,
        header_row as header_row,
        leading_measure as leading_measure,
        on_sheet as on_sheet,
        summarise_import as summarise_import,
        with_constants as with_constants,
        with_names as with_names,
    )
    from .recipe import (
        Recipe as Recipe,
        TableShape as TableShape,
        normalise_heading as normalise_heading,
        read_recipes as read_recipes,
        save_recipe as save_recipe,
    )
    from .recipe_guess import RecipeGuess as RecipeGuess, guess_recipe as guess_recipe
    from .session import (
        ImportResult as ImportResult,
        Inspection as Inspection,
        LibraryCatalogue as LibraryCatalogue,
        find_nearest_places as find_nearest_places,
        inspect_table as inspect_table,
        named_by as named_by,
        read_table as read_table,
    )
    from .table_reader import ImportCancelled as ImportCancelled
    from .template import write_template as write_template
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        draft="UnmatchedPlace",
        lookups="PlaceLabels",
        pack_builder="PackMetadata id_of save_pack suggest_metadata write_to_folder",
        preview=(
            "LEAVE_OUT PreviewRow SheetColumn build_preview column_letters columns_of find_missing_fields "
            "header_row leading_measure on_sheet summarise_import with_constants with_names"
        ),
        recipe="Recipe TableShape normalise_heading read_recipes save_recipe",
        recipe_guess="RecipeGuess guess_recipe",
        session=("ImportResult Inspection LibraryCatalogue find_nearest_places inspect_table named_by read_table"),
        table_reader="ImportCancelled",
        template="write_template",
    )
