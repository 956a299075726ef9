//! Reusable parts of the page: props in, callbacks out, no knowledge of EC2 or of the lab's state.
//!
//! Native elements come first; where HTML has none, a part follows the WAI-ARIA pattern of its name.
//! No part writes a `style` attribute: the page's security policy forbids it, classes and SVG
//! attributes carry all that is dynamic.

mod alert;
mod app_frame;
mod badge;
mod button;
mod button_menu;
mod checkbox;
mod code_block;
mod copy_text;
mod drawer;
mod empty_state;
mod expandable;
mod field_context;
mod flash;
mod form_field;
mod heading;
mod icon;
mod icon_shapes;
mod key_value;
mod modal;
mod pagination;
mod panel;
mod plug;
mod progress;
mod radio_group;
mod segmented;
mod select;
mod side_navigation;
mod skip_link;
mod status_indicator;
mod stopwatch;
mod table;
mod table_model;
mod table_parts;
mod tabs;
mod text_area;
mod text_input;
mod toggle;
mod top_navigation;
mod visually_hidden;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod test_support;

pub use alert::{Alert, AlertProps};
pub use app_frame::{AppFrame, AppFrameProps};
pub use badge::{Badge, BadgeColor, BadgeProps, GroupTag, GroupTagProps, group_class};
pub use button::{Button, ButtonProps, ButtonVariant};
pub use button_menu::{ButtonMenu, ButtonMenuProps, MenuItem};
pub use checkbox::{Checkbox, CheckboxProps};
pub use code_block::{CodeBlock, CodeBlockProps};
pub use copy_text::{CopyText, CopyTextProps};
pub use drawer::{Drawer, DrawerProps, DrawerSize};
pub use empty_state::{EmptyState, EmptyStateProps};
pub use expandable::{Expandable, ExpandableProps};
pub use field_context::FieldContext;
pub use flash::{Flash, FlashAction, FlashKind, FlashList, FlashListProps};
pub use form_field::{FormField, FormFieldProps};
pub use icon::{Icon, IconProps};
pub use icon_shapes::IconName;
pub use key_value::{KeyValue, KeyValueList, KeyValueListProps};
pub use modal::{Modal, ModalProps, ModalSize};
pub use pagination::{Pagination, PaginationProps};
pub use panel::{Panel, PanelProps};
pub use plug::{Plug, PlugKind, PlugProps};
pub use progress::{Progress, ProgressProps};
pub use radio_group::{RadioGroup, RadioGroupProps, RadioOption};
pub use segmented::{Segmented, SegmentedProps};
pub use select::{Select, SelectOption, SelectProps};
pub use side_navigation::{NavSection, SideNavigation, SideNavigationProps};
pub use skip_link::{SkipLink, SkipLinkProps};
pub use status_indicator::{StatusIndicator, StatusIndicatorProps, StatusKind};
pub use stopwatch::{Stopwatch, StopwatchProps};
pub use table::{Selection, Table, TableProps};
pub use table_model::{Cell, Column, Row, Sort};
pub use tabs::{Tab, Tabs, TabsProps};
pub use text_area::{TextArea, TextAreaProps};
pub use text_input::{TextInput, TextInputProps};
pub use toggle::{Toggle, ToggleProps};
pub use top_navigation::{NavItem, TopNavigation, TopNavigationProps};
pub use visually_hidden::{VisuallyHidden, VisuallyHiddenProps};
